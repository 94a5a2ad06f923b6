export * from './link-files.ts';
