export * from './folder-session.ts';
export * from './scan.module.ts';
export * from './scanner.ts';
