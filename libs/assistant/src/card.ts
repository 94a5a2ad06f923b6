/** Which card a source lies on, free of decorators so that any program can import it. */
export { cardName, cardRootOf } from './cards/card-root.ts';
