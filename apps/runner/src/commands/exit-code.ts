/** What the process says to whoever started it. */
export const ExitCode = {
  Success: 0,
  JobFailed: 1,
  Usage: 2,
  FolderLocked: 3,
  FolderUnusable: 4,
} as const;
