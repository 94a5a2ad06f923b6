import { expect, it } from 'vitest';
import { ownWatchFolder } from './make-defaults.ts';

it.each([
  [{ HOME: '/home/a' }, 'linux', '/home/a/.local/state/watch-folder-runner/watch'],
  [{ HOME: '/home/a', XDG_STATE_HOME: '/s' }, 'linux', '/s/watch-folder-runner/watch'],
  [
    { HOME: '/home/a', XDG_STATE_HOME: 's' },
    'linux',
    '/home/a/.local/state/watch-folder-runner/watch',
  ],
  [
    { HOME: '/Users/a', XDG_STATE_HOME: '/s' },
    'darwin',
    '/Users/a/Library/Application Support/watch-folder-runner/watch',
  ],
] as const)("the user's own watch folder: %j on %s", (variables, platform, folder) => {
  expect(ownWatchFolder(variables, platform)).toBe(folder);
});
