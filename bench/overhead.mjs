// What the runner costs over the bare commands: the same ffprobe, ffmpeg and ffprobe calls, by the runner and by xargs.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ffprobeArguments } from '../dist/libs/engines/src/media/ffprobe-arguments.js';
import { median, scratch, secondsUntilExit, startRunner, watchFolder } from './runner.mjs';

const JOBS = 50;
const ROUNDS = 3;
const BOUND = 1.15;

export async function overhead() {
  const folder = scratch();
  const clip = makeClip(folder);
  const rows = [];
  for (const workers of [1, 2]) {
    const bare = [];
    const runner = [];
    for (let round = 0; round < ROUNDS; round++) {
      const { seconds, commands } = await byRunner(folder, clip, workers);
      runner.push(seconds);
      bare.push(await byShell(folder, commands, workers));
    }
    const ratio = median(runner) / median(bare);
    rows.push({
      measure: `${JOBS} jobs, ${workers} worker(s), runner : xargs -P ${workers}`,
      value: `${median(runner).toFixed(2)} s : ${median(bare).toFixed(2)} s = ${ratio.toFixed(3)}`,
      bound: `<= ${BOUND}`,
      ok: ratio <= BOUND,
    });
  }
  return rows;
}

function makeClip(folder) {
  const clip = join(folder, 'clip.mov');
  execFileSync('ffmpeg', [
    ...['-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=1920x1080:rate=25:duration=1'],
    ...['-f', 'lavfi', '-i', 'sine=sample_rate=48000:duration=1', '-c:v', 'libx264'],
    ...['-pix_fmt', 'yuv420p', '-c:a', 'pcm_s24le', '-timecode', '01:00:00:00', clip],
  ]);
  return clip;
}

async function byRunner(parent, clip, workers) {
  const folder = watchFolder(parent, 'watch');
  const output = join(parent, 'output');
  mkdirSync(output);
  for (let job = 0; job < JOBS; job++) {
    writeFileSync(
      join(folder, 'pending', `${job}.json`),
      JSON.stringify(jobSpec(clip, output, job)),
    );
  }
  const seconds = await secondsUntilExit(
    startRunner(folder, '--once', '--max-workers', String(workers)),
  );
  const commands = readCommands(join(folder, 'completed'), clip);
  rmSync(folder, { recursive: true });
  rmSync(output, { recursive: true });
  return { seconds, commands };
}

function jobSpec(clip, output, job) {
  return {
    jobspec_version: '2.1',
    job_id: String(job),
    sources: [clip],
    output_directory: output,
    codec: 'prores_proxy',
    container: 'mov',
    resolution: 'half',
    naming_template: '{source_name}_{job_id}',
  };
}

/** The three commands that the runner ran for each job. */
function readCommands(completed, clip) {
  const names = readdirSync(completed).filter((name) => name.endsWith('.result.json'));
  if (names.length !== JOBS) throw new Error(`${names.length} of ${JOBS} jobs were completed`);
  return names.map((name) => {
    const [made] = JSON.parse(readFileSync(join(completed, name), 'utf8')).clips;
    const output = made.ffmpeg_command.at(-1).replace('file:', '');
    return [
      ['ffprobe', ...ffprobeArguments(clip)],
      made.ffmpeg_command,
      ['ffprobe', ...ffprobeArguments(output, { packets: true })],
    ];
  });
}

async function byShell(parent, jobs, workers) {
  mkdirSync(join(parent, 'output'));
  const lines = jobs.map((commands) =>
    commands.map((command) => `${command.map(quote).join(' ')} >/dev/null`).join(' && '),
  );
  const shell = spawn('xargs', ['-0', '-n', '1', '-P', String(workers), 'sh', '-c'], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  shell.stdin.end(lines.join('\0'));
  const seconds = await secondsUntilExit(shell);
  rmSync(join(parent, 'output'), { recursive: true });
  return seconds;
}

function quote(argument) {
  return `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}
