import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds what the browser tests run against: the standalone server, and the runner whose results it shows. */
export async function setup(): Promise<void> {
  await execa('npm', ['run', '--silent', 'build:dashboard'], { cwd: root });
  if (!existsSync(`${root}/dist/apps/runner/src/main.js`))
    await execa('npm', ['run', '--silent', 'build'], { cwd: root });
}
