export * from './clip-notes.ts';
