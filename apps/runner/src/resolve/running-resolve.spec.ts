import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { ageOfResolve } from './running-resolve.ts';

/** Lets the system list these processes. */
async function listed(lines: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'listed-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const script = `#!/bin/sh\ncat <<'LIST'\n${lines.join('\n')}\nLIST\n`;
  await writeFile(join(folder, 'ps'), script, { mode: 0o755 });
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH']}`);
  onTestFinished(() => void vi.unstubAllEnvs());
}

it.each([
  ['      02:05 /opt/resolve/bin/resolve -nogui', 125],
  ['   01:02:03 /opt/resolve/bin/resolve', 3723],
  ['1-00:00:01 /Applications/DaVinci Resolve/DaVinci Resolve.app/Contents/MacOS/Resolve', 86_401],
  ['      00:05 node resolve.js', null],
])('of %s it is known: %j', async (line, known) => {
  await listed(['      10:00 /sbin/init', line]);
  expect(await ageOfResolve()).toEqual(known);
});
