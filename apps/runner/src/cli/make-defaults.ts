import { availableParallelism, homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { environment, makeFolders } from '@app/storage';

/** Default watch folder of the user, in the system's directory for persistent state. */
export function ownWatchFolder(
  variables: Readonly<NodeJS.ProcessEnv> = environment(),
  platform: NodeJS.Platform = process.platform,
): string {
  const home = variables['HOME'] || homedir();
  const configured = variables['XDG_STATE_HOME'] ?? '';
  const usual =
    platform === 'darwin'
      ? join(home, 'Library', 'Application Support')
      : join(home, '.local', 'state');
  // The XDG specification says to ignore relative paths.
  const state = platform !== 'darwin' && isAbsolute(configured) ? configured : usual;
  return join(state, 'watch-folder-runner', 'watch');
}

/** Default watch folder, created if missing. @throws the system's error. */
export async function madeOwnFolder(): Promise<string> {
  const folder = ownWatchFolder();
  await makeFolders(folder);
  return folder;
}

/** Number of clips that `make` makes at once: two, so that one encodes while the other is probed or synced; one per four cores if more. */
export function makeWorkers(cores = availableParallelism()): number {
  return Math.max(Math.min(2, cores), Math.floor(cores / 4));
}
