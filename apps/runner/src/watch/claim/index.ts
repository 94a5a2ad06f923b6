export * from './claim-gate.ts';
export * from './claim.module.ts';
export * from './claim.ts';
export * from './completeness.ts';
export * from './file-notes.ts';
export * from './full-outputs.ts';
