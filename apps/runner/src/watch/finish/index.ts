export * from './archive.ts';
export * from './finisher.ts';
export * from './recovery.ts';
