export * from './asked-job.ts';
export * from './result-draft.ts';
export * from './read-result.ts';
