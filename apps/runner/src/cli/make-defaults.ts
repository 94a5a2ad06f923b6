import { availableParallelism, homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { environment, makeFolders } from '@app/storage';

/** The user's own watch folder, where no other is named: where the system keeps what a program must not forget. */
export function ownWatchFolder(
  variables: Readonly<NodeJS.ProcessEnv> = environment(),
  platform: NodeJS.Platform = process.platform,
): string {
  const home = variables['HOME'] || homedir();
  const asked = variables['XDG_STATE_HOME'] ?? '';
  const usual =
    platform === 'darwin'
      ? join(home, 'Library', 'Application Support')
      : join(home, '.local', 'state');
  // A relative one is to be ignored.
  const state = platform !== 'darwin' && isAbsolute(asked) ? asked : usual;
  return join(state, 'watch-folder-runner', 'watch');
}

/** The same, made where it is missing. @throws the system's error. */
export async function madeOwnFolder(): Promise<string> {
  const folder = ownWatchFolder();
  await makeFolders(folder);
  return folder;
}

/** How many clips `make` makes at once: two, since one waits while the other is probed and synced, or one for four cores. */
export function makeWorkers(cores = availableParallelism()): number {
  return Math.max(Math.min(2, cores), Math.floor(cores / 4));
}
