// Brings what a fresh machine lacks: node modules from the lockfile, and FFmpeg through apt where that is possible.
// Plain Node, no dependencies: it runs before anything is installed. Quick when nothing is missing.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const MINIMUM_NODE = [20, 19];

/** Debian's package of each program that is needed. */
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

/** Installs node modules and programs that are missing; exits with a plain sentence when it cannot. */
export function setup({ forTests = false } = {}) {
  checkNode();
  installNodeModules();
  installPrograms(forTests ? FOR_TESTS : FOR_RUNNING);
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
  // npm leaves this when it has installed everything: somebody has followed the README.
  const installed = `${modules}/.package-lock.json`;
  if (existsSync(installed) && changedAt(installed) > changedAt(`${root}package-lock.json`)) return;
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  mkdirSync(modules, { recursive: true });
  writeFileSync(stamp, lockfile);
}

const changedAt = (path) => statSync(path).mtimeMs;

function installPrograms(needed) {
  const missing = Object.keys(needed).filter((command) => !isOnPath(command));
  if (missing.length === 0) return;
  const packages = new Set(missing.flatMap((command) => needed[command].split(' ')));
  const manual =
    `Missing: ${missing.join(', ')}. Install ${missing.length > 1 ? 'them' : 'it'}, for example with ` +
    `"sudo apt-get install ${[...packages].join(' ')}" (Debian, Ubuntu), then run this again. ` +
    'FFmpeg must be 7.1 or newer; on macOS "brew install ffmpeg" brings it.';
  if (!isOnPath('apt-get')) fail(manual);
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', ...packages],
  ]) {
    const [command, ...rest] = [...prefix, 'apt-get', ...args];
    const { status } = spawnSync(command, rest, { stdio: ['ignore', 'ignore', 'inherit'] });
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setup({ forTests: process.argv.includes('--for-tests') });
}
