import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import typescript from 'typescript';
import { expect, it, vi } from 'vitest';

const MODULE = readFileSync(fileURLToPath(new URL('parent-watch.ts', import.meta.url)), 'utf8');

/** Watches its parent, says its own id, and then does nothing but hang. */
const HANGING = `${typescript.transpile(MODULE, { module: typescript.ModuleKind.ESNext })}
endWithParent();
setTimeout(() => {
  process.stdout.write(process.pid + '\\n');
  setTimeout(() => { for (;;); }, 100);
}, 300);`;

const PARENT = `require('node:child_process').spawn(process.execPath,
  ['--input-type=module', '-e', process.argv[1]], { stdio: 'inherit' });`;

it('ends a process that hangs once the one that started it is gone', async () => {
  const parent = spawn(process.execPath, ['-e', PARENT, HANGING], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(parent.stdout, 'data')) as [Buffer];
  const child = Number(said.toString());
  const look = () => process.kill(child, 0);
  expect(look).not.toThrow();
  parent.kill('SIGKILL');
  await vi.waitFor(() => expect(look).toThrow('ESRCH'), { timeout: 20_000, interval: 100 });
});
