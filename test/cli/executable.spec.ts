import { access, constants } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, it } from 'vitest';

/** What `npm link` and an installation from a clone lead to, with the rights that the last build has given it. */
const COMMAND = fileURLToPath(new URL('../../dist/apps/runner/src/main.cjs', import.meta.url));

it('a build leaves the command executable, for whoever has linked it before', async () => {
  await access(COMMAND, constants.X_OK);
  const { stdout } = await execa(COMMAND, ['--version']);
  expect(stdout).toMatch(/^watch-folder-runner /);
});
