export * from './clip-files.ts';
export * from './folder-listing.ts';
export * from './outside-roots.ts';
export * from './source-checks.ts';
export * from './source-look.ts';
export * from './source-survey.ts';
