export * from './job-file.ts';
export * from './watch-folder.ts';
export * from './folder-hold.ts';
export * from './pending-folder.ts';
