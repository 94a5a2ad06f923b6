export * from './job-failure.ts';
export * from './result.ts';
export * from './vocabulary.ts';
