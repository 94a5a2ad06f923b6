/** Which card a source lies on, and what cameras call gammas, free of decorators so that any program can import it. */
export { cardName, cardRootOf } from './cards/card-root.ts';
export { GAMMA_WORDS } from './cards/gammas.ts';
