// Makes proxies of one clip, with the runner or with commands that a shell runs.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { MAIN, timed, watchFolder } from './runner.mjs';

/** Makes a clip of moving edges in H.264, with sound, by default of one second. */
export function makeSource(path, size, { seconds = 1, sound = 'pcm_s24le', gop = 250 } = {}) {
  execFileSync('ffmpeg', [
    ...['-loglevel', 'error', '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=25:d=${seconds}`],
    ...['-f', 'lavfi', '-i', `sine=sample_rate=48000:duration=${seconds}`, '-c:v', 'libx264'],
    ...['-g', `${gop}`, '-pix_fmt', 'yuv420p', '-c:a', sound, '-timecode', '01:00:00:00', path],
  ]);
  return path;
}

/**
 * Makes proxies of a clip, each by a job of its own, in one pass of the runner.
 *
 * @param form numbers of `workers` and `jobs`; other fields go into the JobSpecs
 * @param how `env` of the runner, words `before` its command, failure type that jobs may have (`canFail`), path to `keep` a proxy at
 * @throws Error for any other failure
 * @returns times as `timed` gives them, and the bytes of all proxies
 */
export function byRunner(folder, clip, form, { env, before = [], canFail = null, keep } = {}) {
  const { workers = 1, jobs = 1, ...wanted } = form;
  const watch = watchFolder(folder, 'watch');
  const output = freshOutput(folder);
  for (let job = 0; job < jobs; job++) {
    const spec = jobSpec(clip, output, job, wanted);
    writeFileSync(join(watch, 'pending', `${job}.json`), JSON.stringify(spec));
  }
  const options = ['--once', '--log-level', 'error', '--max-workers', `${workers}`];
  const spent = timed([...before, 'node', MAIN, watch, ...options], { env });
  if (canFail !== null) expectFailure(watch, canFail);
  rmSync(watch, { recursive: true });
  return { ...spent, bytes: removeOutput(output, canFail === null ? jobs : null, keep) };
}

/** @throws Error for a failed job with another failure type */
function expectFailure(watch, wanted) {
  const failed = join(watch, 'failed');
  const results = existsSync(failed) ? readdirSync(failed, { recursive: true }) : [];
  for (const name of results.filter((one) => one.endsWith('.result.json'))) {
    const { failure_type: type, failure_reason: reason } = JSON.parse(
      readFileSync(join(failed, name), 'utf8'),
    );
    if (type !== wanted) throw new Error(`${type}: ${reason}`);
  }
}

/** Runs a shell command for each proxy, `workers` at once; `{}` in it becomes the path of the proxy without extension. */
export function byShell(folder, line, { workers = 1, jobs = 1 }) {
  const output = freshOutput(folder);
  const lines = Array.from({ length: jobs }, (_, job) =>
    line.replaceAll('{}', join(output, `${job}`)),
  );
  const shell = ['xargs', '-0', '-n', '1', '-P', `${workers}`, 'sh', '-c'];
  const spent = timed(shell, { input: lines.join('\0') });
  removeOutput(output, jobs);
  return spent;
}

function freshOutput(folder) {
  const output = join(folder, 'output');
  mkdirSync(output);
  return output;
}

function removeOutput(output, jobs, keep) {
  const made = readdirSync(output).filter((name) => name.endsWith('.mov'));
  if (jobs !== null && made.length !== jobs)
    throw new Error(`${made.length} of ${jobs} proxies were made`);
  const bytes = made.reduce((sum, name) => sum + statSync(join(output, name)).size, 0);
  if (keep) copyFileSync(join(output, made[0]), keep);
  rmSync(output, { recursive: true });
  return bytes;
}

function jobSpec(clip, output, job, wanted) {
  return {
    jobspec_version: '2.1',
    job_id: String(job),
    sources: [clip],
    output_directory: output,
    codec: 'prores_proxy',
    container: 'mov',
    resolution: 'half',
    naming_template: '{source_name}_{job_id}',
    ...wanted,
  };
}
