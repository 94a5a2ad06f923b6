export * from './workers.ts';
export * from './job-intake.ts';
