export * from './clip-files.ts';
export * from './source-checks.ts';
export * from './source-look.ts';
export * from './source-survey.ts';
