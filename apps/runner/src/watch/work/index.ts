export * from './active-jobs.ts';
export * from './job-intake.ts';
export * from './workers.ts';
