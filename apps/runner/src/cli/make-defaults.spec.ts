import { expect, it } from 'vitest';
import { makeWorkers, ownWatchFolder } from './make-defaults.ts';

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

it('makes two clips at once, and more where there are more cores than eight', () => {
  expect([1, 2, 4, 8, 16].map(makeWorkers)).toEqual([1, 2, 2, 2, 4]);
});
