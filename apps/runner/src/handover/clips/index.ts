export * from './collected-clips.ts';
export * from './selected-results.ts';
