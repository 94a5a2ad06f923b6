export * from './examine.ts';
export * from './follow.ts';
export * from './plan-request.ts';
export * from './plan.ts';
export * from './report.ts';
