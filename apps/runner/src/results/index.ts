export * from './result-draft.ts';
export * from './read-result.ts';
