// Brings what a fresh machine lacks: node modules from the lockfile, and FFmpeg through apt where that is possible.
// With --for-tests also what some tests look through; where that can't be had, those tests say so and are skipped.
// Plain Node, no dependencies: it runs before anything is installed. Quick when nothing is missing.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const MINIMUM_NODE = [20, 19];
const NEEDED_COMMANDS = ['ffmpeg', 'ffprobe'];
/** Commands of tests, with the Debian packages that bring them. */
const TEST_COMMANDS = { strace: ['strace'], cc: ['gcc', 'libc6-dev'] };

/** Installs node modules and FFmpeg when missing; exits with a plain sentence when it cannot. */
export function setup() {
  checkNode();
  installNodeModules();
  installFfmpeg();
  if (process.argv.includes('--for-tests')) installTestTools();
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

function installFfmpeg() {
  if (NEEDED_COMMANDS.every(isOnPath)) return;
  const manual =
    'FFmpeg 7.1 or newer (ffmpeg and ffprobe on the PATH) is needed. ' +
    'Install it with "sudo apt-get install ffmpeg" (Debian, Ubuntu) or "brew install ffmpeg" (macOS), then run this again.';
  if (!isOnPath('apt-get')) fail(manual);
  if (!aptInstall('ffmpeg')) fail(manual);
}

function installTestTools() {
  const missing = Object.keys(TEST_COMMANDS).filter((command) => !isOnPath(command));
  if (missing.length === 0) return;
  if (isOnPath('apt-get') && aptInstall(...missing.flatMap((command) => TEST_COMMANDS[command])))
    return;
  console.error(`Tests that need ${missing.join(' and ')} will be skipped.`);
}

function aptInstall(...packages) {
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...args) => [...prefix, 'apt-get', ...args];
  return [apt('update', '-qq'), apt('install', '-y', '-qq', ...packages)].every(
    ([command, ...args]) =>
      spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0,
  );
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

if (process.argv[1] === fileURLToPath(import.meta.url)) setup();
