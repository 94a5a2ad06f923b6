export * from './clip-journal.ts';
export * from './clip-maker.ts';
export * from './job-runner.ts';
export * from './job.module.ts';
export * from './publish-file.ts';
export * from './staging.ts';
