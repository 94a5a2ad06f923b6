export * from './words.ts';
export * from './print.ts';
