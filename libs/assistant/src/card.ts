/** Decorator-free entry: the card a source is on, and the names of camera gammas. */
export { cardName, cardRootOf } from './cards/card-root.ts';
export { GAMMA_NAMES } from './cards/gammas.ts';
