import type { RefusalKind } from '@app/assistant';

/** What the process says to whoever started it. */
export const ExitCode = {
  Success: 0,
  JobFailed: 1,
  Usage: 2,
  FolderLocked: 3,
  FolderUnusable: 4,
} as const;

/** What it says where a command does nothing. */
export const REFUSED: Readonly<Record<RefusalKind, number>> = {
  usage: ExitCode.Usage,
  failed: ExitCode.JobFailed,
  folder: ExitCode.FolderUnusable,
  locked: ExitCode.FolderLocked,
};
