export * from './retry.ts';
export * from './retry-refusal.ts';
