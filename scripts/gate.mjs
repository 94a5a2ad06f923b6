// npm test: must pass before a change is merged. Runs checks and builds in two lanes, then all tests in one run of Vitest. Slow
// tests are tagged `night` and run by scripts/night.mjs.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setup } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Scripts of package.json. The scripts of a lane run one after the other, the lanes in parallel. */
const LANES = [
  ['build:dashboard', 'lint'],
  ['build', 'format', 'house'],
];
const PROJECTS = ['unit', 'dashboard-unit', 'integration', 'browser'];

const times = [];

/** Runs a command and records its time. @returns true if it succeeded */
async function part(name, command, args, options) {
  const started = performance.now();
  const child = spawn(command, args, { cwd: root, ...options });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'close');
  const seconds = (performance.now() - started) / 1000;
  times.push(`${seconds.toFixed(1).padStart(7)} s  ${name}`);
  if (code !== 0) console.error(`${output}\n“${command} ${args.join(' ')}” failed.`);
  return code === 0;
}

async function lane(scripts) {
  let isRight = true;
  for (const script of scripts)
    isRight =
      (await part(script, 'npm', ['run', '--silent', script], {
        stdio: ['ignore', 'pipe', 'pipe'],
      })) && isRight;
  return isRight;
}

async function tests() {
  const projects = PROJECTS.flatMap((name) => ['--project', name]);
  const args = ['vitest', 'run', ...projects, '--tags-filter', '!night'];
  const options = { stdio: ['ignore', 'inherit', 'inherit'] };
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || isOpenToOthers(root)) return part('tests', 'npx', args, options);
  // As root, tests also start the runner as other users. They can't enter a clone in root's home, so it is mounted elsewhere, too.
  const place = mkdtempSync(join(tmpdir(), 'watch-folder-runner-clone-'));
  chmodSync(place, 0o755);
  execFileSync('mount', ['--bind', root, place]);
  process.on('SIGINT', () => {});
  const isRight = await part('tests', 'npx', args, { ...options, cwd: place });
  execFileSync('umount', ['--lazy', place]);
  rmdirSync(place);
  return isRight;
}

/** True if any user may enter a folder. */
function isOpenToOthers(path) {
  const isOpen = (statSync(path).mode & 0o001) !== 0;
  return isOpen && (dirname(path) === path || isOpenToOthers(dirname(path)));
}

setup({ forTests: true });
const lanes = await Promise.all(LANES.map(lane));
const isRight = lanes.every(Boolean) && (await tests());
console.log(`\nTime of each part:\n${times.join('\n')}`);
process.exitCode = isRight ? 0 : 1;
