export * from './at.ts';
export * from './counted.ts';
export * from './nearest.ts';
export * from './print.ts';
export * from './printable.ts';
export * from './progress.ts';
export * from './timestamp.ts';
export * from './whole-stdout.ts';
