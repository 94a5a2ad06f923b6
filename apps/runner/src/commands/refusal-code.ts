import { PortUnavailableError } from '../health/health-server.ts';
import { FolderLockedError, FolderUnusableError } from '../watch/folder/index.ts';
import { ExitCode } from './exit-code.ts';

/** How a runner ends that can't work; `null` for a defect. */
export function exitCodeOf(error: unknown): number | null {
  if (error instanceof FolderLockedError) return ExitCode.FolderLocked;
  if (error instanceof PortUnavailableError) return ExitCode.Usage;
  if (error instanceof FolderUnusableError) return ExitCode.FolderUnusable;
  return null;
}
