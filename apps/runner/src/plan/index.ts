export * from './examine.ts';
export * from './plan-flags.ts';
export * from './plan-refusal.ts';
export * from './plan-request.ts';
export * from './outcome.ts';
export * from './plan.ts';
export * from './report-json.ts';
export * from './report-text.ts';
