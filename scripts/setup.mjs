// Brings what a fresh machine lacks: node modules from the lockfile, and programs through apt where that is possible:
// FFmpeg, and with --for-tests Chromium, in which the tests of the dashboard run.
// Plain Node, no dependencies: it runs before anything is installed. Quick when nothing is missing.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const MINIMUM_NODE = [20, 19];
const FFMPEG = {
  commands: ['ffmpeg', 'ffprobe'],
  package: 'ffmpeg',
  manual:
    'FFmpeg 7.1 or newer (ffmpeg and ffprobe on the PATH) is needed. ' +
    'Install it with "sudo apt-get install ffmpeg" (Debian, Ubuntu) or "brew install ffmpeg" (macOS), then run this again.',
};
const CHROMIUM = {
  commands: ['chromium'],
  package: 'chromium',
  manual:
    'Chromium is needed for the tests of the dashboard. ' +
    'Install it with "sudo apt-get install chromium" (Debian), then run this again.',
};

/** Installs node modules and FFmpeg when missing; exits with a plain sentence when it cannot. */
export function setup({ forTests = false } = {}) {
  checkNode();
  installNodeModules();
  installProgram(FFMPEG);
  if (forTests) installProgram(CHROMIUM);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return;
  fail(`Node ${MINIMUM_NODE.join('.')} or newer is needed, this is ${process.version}.`);
}

function installNodeModules() {
  const modules = `${root}node_modules`;
  const stamp = `${modules}/.installed-lockfile`;
  const lockfile = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfile) return;
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  mkdirSync(modules, { recursive: true });
  writeFileSync(stamp, lockfile);
}

function installProgram({ commands, package: name, manual }) {
  if (commands.every(isOnPath)) return;
  if (!isOnPath('apt-get')) fail(manual);
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...args) => [...prefix, 'apt-get', ...args];
  for (const [command, ...args] of [apt('update', '-qq'), apt('install', '-y', '-qq', name)]) {
    const { status } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) fail(manual);
  }
}

function isOnPath(command) {
  return spawnSync('which', [command], { stdio: 'ignore' }).status === 0;
}

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) fail(`"${command} ${args.join(' ')}" failed.`);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  setup({ forTests: process.argv.includes('--for-tests') });
