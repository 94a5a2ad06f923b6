export * from './source-survey.ts';
export * from './source-look.ts';
export * from './source-checks.ts';
