export * from './asked-job.ts';
export * from './clip-result.ts';
export * from './read-result.ts';
export * from './result-draft.ts';
export * from './result-text.ts';
export * from './stopwatch.ts';
