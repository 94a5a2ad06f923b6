// Shows the whole way on a real clip: set-up, build, a JobSpec dropped into a watch folder, one run, proxy and result.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setup } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const demo = `${root}demo`;
const clip = `${demo}/media/A001C003.mov`;
const watch = `${demo}/watch`;
const proxies = `${demo}/proxies`;
const jobSpec = {
  jobspec_version: '2.1',
  job_id: 'demo',
  sources: [clip],
  output_directory: proxies,
  codec: 'prores_proxy',
  container: 'mov',
  resolution: 'half',
  naming_template: '{source_name}_proxy',
};

setup();
say('Building the runner');
run('npm', ['run', '--silent', 'build']);
rmSync(demo, { recursive: true, force: true });
for (const folder of [`${demo}/media`, proxies, `${watch}/pending`]) {
  mkdirSync(folder, { recursive: true });
}

say('Making a clip: 4 s of 1080p25 H.264, two audio tracks, timecode 01:00:00:00');
run('ffmpeg', [
  ...['-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=1920x1080:rate=25:duration=4'],
  ...['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000:duration=4'],
  ...['-f', 'lavfi', '-i', 'sine=frequency=880:sample_rate=48000:duration=4'],
  ...['-map', '0:v', '-map', '1:a', '-map', '2:a', '-c:v', 'libx264', '-preset', 'veryfast'],
  ...['-pix_fmt', 'yuv420p', '-c:a', 'pcm_s24le', '-timecode', '01:00:00:00', clip],
]);

say('Dropping a JobSpec into pending/ and running once');
writeFileSync(`${watch}/pending/demo.json`, `${JSON.stringify(jobSpec, null, 2)}\n`);
run('node', [`${root}dist/apps/runner/src/main.js`, watch, '--once']);

const resultPath = `${watch}/completed/demo.result.json`;
if (!existsSync(resultPath)) fail(`The job did not complete; see ${watch}/failed.`);
const result = JSON.parse(readFileSync(resultPath, 'utf8'));
const [made] = result.clips;
const passed = made.verification.filter((check) => check.passed).length;
say('The result');
console.log(`  status    ${result.final_status} by ${result._metadata.engine_version}`);
console.log(`  verified  ${passed} of ${made.verification.length} checks passed`);
for (const { check, actual } of made.verification) {
  console.log(`            ${check.padEnd(26)} ${JSON.stringify(actual)}`);
}
console.log(`  source    ${made.source_path}`);
console.log(`  proxy     ${made.resolved_output_path} (${made.output_size_bytes} bytes)`);
console.log(`  result    ${resultPath}`);

say('See it in the dashboard');
console.log('  npm run dashboard -- --folder demo/watch    then open http://127.0.0.1:3000');

function say(what) {
  console.log(`\n== ${what}`);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) fail(`"${command}" failed${error ? `: ${error.message}` : ''}.`);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
