export * from './claim-gate.ts';
export * from './claim.ts';
export * from './completeness.ts';
export * from './full-outputs.ts';
