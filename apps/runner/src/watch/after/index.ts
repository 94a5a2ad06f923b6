export * from './after-jobs.ts';
