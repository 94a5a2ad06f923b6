export * from './words.ts';
export * from './print.ts';
export * from './refusal.ts';
