export * from './claim-gate.ts';
export * from './claim.ts';
