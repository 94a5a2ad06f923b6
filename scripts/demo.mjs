// npm run demo [-- --dashboard] [--no-install]: makes three clips, one of them damaged, plans their proxies, makes them and prints the outcome.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { newestChange } from './dashboard-build.mjs';
import { setup } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const demo = `${root}demo`;
const card = `${demo}/A001`;
const watch = `${demo}/watch`;
const proxies = `${demo}/proxies`;
const main = `${root}dist/apps/runner/src/main.cjs`;
const { dashboard } = options();

setup();
if (!isBuilt()) {
  say('Building the runner');
  run('npm', ['run', '--silent', 'build']);
}
rmSync(demo, { recursive: true, force: true });
for (const folder of [card, watch]) mkdirSync(folder, { recursive: true });

say('Making a card with three clips; bytes in the middle of the third are overwritten');
for (const [index, start] of ['01:00:00:00', '01:00:03:00', '01:00:06:00'].entries())
  makeSource(`${card}/A001C00${index + 1}.mov`, start, 220 * (index + 1));
damage(`${card}/A001C003.mov`);

say('Planning: which clips are there, and which proxies do they get?');
runner(['plan', card, '--output', proxies, '--codec', 'h264', '--submit', watch]);

say('Making and checking the proxies');
runner([watch, '--once'], [0, 1]);

say('What came of it');
const results = ['completed', 'failed'].flatMap((folder) => resultsIn(`${watch}/${folder}`));
for (const { clips } of results) for (const clip of clips) report(clip);
if (results.length === 0) fail(`No result was written. Look into ${watch}.`);
console.log(`\n  proxies   ${proxies}\n  results   ${watch}/completed, ${watch}/failed`);

if (dashboard) {
  say('The dashboard: open the address below. Ctrl-C ends it');
  const flags = [watch, '--port', '0', '--data-dir', `${demo}/index`];
  spawnSync(process.execPath, [`${root}scripts/dashboard.mjs`, ...flags], { stdio: 'inherit' });
} else console.log('\nSee it in a browser: npm run demo -- --dashboard');

function options() {
  try {
    const flags = { dashboard: { type: 'boolean' }, 'no-install': { type: 'boolean' } };
    return parseArgs({ options: flags }).values;
  } catch ({ message }) {
    return fail(`${message}\nUsage: npm run demo [-- --dashboard] [--no-install]`);
  }
}

/** True if the build is newer than its sources, as it is after following the README. */
function isBuilt() {
  const sources = ['apps/runner/src', 'libs', 'package-lock.json'].map((path) => root + path);
  const last = `${root}dist/jobspec/published.d.ts`;
  return existsSync(last) && sources.every((path) => newestChange(path) < statSync(last).mtimeMs);
}

/** Three seconds of 720p25 with timecode and two tracks of sound. */
function makeSource(path, timecode, frequency) {
  run('ffmpeg', [
    ...['-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=25:duration=3'],
    ...['-f', 'lavfi', '-i', `sine=frequency=${frequency}:sample_rate=48000:duration=3`],
    ...['-map', '0:v', '-map', '1:a', '-map', '1:a', '-c:v', 'prores'],
    ...['-c:a', 'pcm_s24le', '-timecode', timecode, path],
  ]);
}

/** Damages a clip as a bad sector would: size and headers stay intact. */
function damage(path) {
  const bytes = readFileSync(path);
  const middle = Math.floor(bytes.length / 2);
  bytes.fill(0, middle, middle + 4096);
  writeFileSync(path, bytes);
}

function resultsIn(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.result.json'));
  return names.map((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')));
}

function report({ source_path, status, verification, failure_reason }) {
  const passed = verification.filter((check) => check.passed).length;
  const made = status === 'COMPLETED' ? `${passed} of ${verification.length} checks passed` : '';
  console.log(`  ${basename(source_path)}  ${status}  ${made || failure_reason}`);
}

function runner(args, expected = [0]) {
  run('node', [main, ...args], expected);
}

function say(what) {
  console.log(`\n== ${what}`);
}

function run(command, args, expected = [0]) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (!expected.includes(status))
    fail(`"${command}" failed${error ? `: ${error.message}` : ` with exit code ${status}`}.`);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
