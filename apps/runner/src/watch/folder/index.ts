export * from './drop-file.ts';
export * from './folder-hold.ts';
export * from './folder-lock.ts';
export * from './folder.module.ts';
export * from './job-file.ts';
export * from './misplaced-jobs.ts';
export * from './pending-folder.ts';
export * from './watch-folder.ts';
