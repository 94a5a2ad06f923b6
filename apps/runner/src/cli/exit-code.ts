import type { RefusalKind } from '@app/assistant';

/** Exit codes of the process. */
export const ExitCode = {
  Success: 0,
  JobFailed: 1,
  Usage: 2,
  FolderLocked: 3,
  FolderUnusable: 4,
} as const;

/** Meaning of each code, for the help text. */
export const EXIT_CODES_HELP = Object.entries({
  Success: 'all is well; a service: it was stopped by a signal',
  JobFailed: `--once, run, validate, submit: a job failed or is invalid; submit: its name is taken; doctor: something is missing;
     make: a proxy is missing; plan: something was not planned; handover: something needs your attention`,
  Usage:
    'a flag, a variable or a command is wrong; run, submit, validate: the JobSpec cannot be read',
  FolderLocked: 'another runner holds the folder',
  FolderUnusable:
    'the folder cannot be used, or the system refuses what the runner needs; run: a required path is missing',
} satisfies Record<keyof typeof ExitCode, string>)
  .map(([name, words]) => `  ${ExitCode[name as keyof typeof ExitCode]}  ${words}\n`)
  .join('');

/** Exit code of each kind of refusal. */
export const REFUSED: Readonly<Record<RefusalKind, number>> = {
  usage: ExitCode.Usage,
  failed: ExitCode.JobFailed,
  folder: ExitCode.FolderUnusable,
  locked: ExitCode.FolderLocked,
};
