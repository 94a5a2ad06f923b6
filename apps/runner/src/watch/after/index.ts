export * from './after-job-fault.ts';
export * from './after-jobs.ts';
