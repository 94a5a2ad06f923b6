export * from './hash-list.ts';
export * from './history.ts';
export * from './write-generation.ts';
