export * from './folder-session.ts';
export * from './scanner.ts';
export * from './status-file.ts';
