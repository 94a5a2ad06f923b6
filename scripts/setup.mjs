// Installs what a fresh machine lacks: node modules from the lockfile, and FFmpeg with apt where possible. Names packages before it
// installs them; with --no-install, only names what is missing. Has no dependencies, because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const MINIMUM_NODE = [20, 19];

/** Needed programs, with their packages in Debian. */
const FOR_RUNNING = { ffmpeg: 'ffmpeg', ffprobe: 'ffmpeg' };
const FOR_TESTS = {
  ...FOR_RUNNING,
  chromium: 'chromium',
  curl: 'curl',
  gcc: 'gcc libc6-dev',
  mediainfo: 'mediainfo',
  'gst-launch-1.0':
    'gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad',
  mkvmerge: 'mkvtoolnix',
  promtool: 'promtool',
  python3: 'python3',
  setpriv: 'util-linux',
  strace: 'strace',
  'systemd-analyze': 'systemd',
  xmllint: 'libxml2-utils',
  xxhsum: 'xxhash',
};

/**
 * Installs missing node modules and programs; exits with a sentence if it can't. With --no-install on the command line, only names
 * what is missing, and exits if anything is.
 */
export function setup({ forTests = false } = {}) {
  checkNode();
  const lacksModules = !hasNodeModules();
  const needed = forTests ? FOR_TESTS : FOR_RUNNING;
  const programs = Object.keys(needed).filter((command) => !isOnPath(command));
  const packages = [...new Set(programs.flatMap((command) => needed[command].split(' ')))];
  if (process.argv.includes('--no-install')) return nameMissing(lacksModules, programs, packages);
  if (lacksModules) installNodeModules();
  if (programs.length > 0) installPrograms(programs, packages);
}

function nameMissing(lacksModules, programs, packages) {
  if (!lacksModules && programs.length === 0) return;
  if (lacksModules)
    console.error('Node modules are missing or older than package-lock.json: npm ci');
  if (programs.length > 0) console.error(byHand(programs, packages));
  process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return;
  fail(`Node ${MINIMUM_NODE.join('.')} or newer is needed, this is ${process.version}.`);
}

const modules = `${root}node_modules`;
const stamp = `${modules}/.installed-lockfile`;

function lockfileHash() {
  const lockfile = readFileSync(`${root}package-lock.json`);
  return createHash('sha256').update(lockfile).digest('hex');
}

function hasNodeModules() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfileHash()) return true;
  // npm writes this file last: somebody has run `npm ci`, as the README says.
  const installed = `${modules}/.package-lock.json`;
  return existsSync(installed) && changedAt(installed) > changedAt(`${root}package-lock.json`);
}

function installNodeModules() {
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  mkdirSync(modules, { recursive: true });
  writeFileSync(stamp, lockfileHash());
}

const changedAt = (path) => statSync(path).mtimeMs;

function installPrograms(programs, packages) {
  const manual = byHand(programs, packages);
  if (!isOnPath('apt-get')) fail(manual);
  console.error(`Installing with apt-get, for ${programs.join(', ')}: ${packages.join(' ')}`);
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    // Installed packages stay as they are.
    ['install', '-y', '-qq', '--no-install-recommends', '--no-upgrade', ...packages],
  ]) {
    const [command, ...rest] = [...prefix, 'apt-get', ...args];
    const { status } = spawnSync(command, rest, { env, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) fail(manual);
  }
}

function byHand(programs, packages) {
  return (
    `Missing: ${programs.join(', ')}. Install ${programs.length > 1 ? 'them' : 'it'}, for example with ` +
    `"sudo apt-get install ${packages.join(' ')}" (Debian, Ubuntu), then run this again. ` +
    'FFmpeg must be 7.1 or newer; on macOS "brew install ffmpeg" brings it.'
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setup({ forTests: process.argv.includes('--for-tests') });
}
