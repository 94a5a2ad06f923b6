// What the runner costs over the bare commands: the same calls of ffprobe and ffmpeg, by the runner and by xargs.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, scratch, secondsUntilExit, startRunner, watchFolder } from './runner.mjs';

const JOBS = 50;
const ROUNDS = 3;
const BOUND = 1.15;
/** What the runner asks once at its start, as `ffmpeg -version`, has no more words; it belongs to no job. */
const START_WORDS = 4;

export async function overhead() {
  const folder = scratch();
  const clip = makeClip(folder);
  const commands = await recordCommands(folder, clip);
  const rows = [];
  for (const workers of [1, 2]) {
    const bare = [];
    const runner = [];
    for (let round = 0; round < ROUNDS; round++) {
      runner.push(await byRunner(folder, clip, workers, JOBS));
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

async function byRunner(folder, clip, workers, jobs, env = process.env) {
  const watch = watchFolder(folder, 'watch');
  const output = join(folder, 'output');
  mkdirSync(output);
  for (let job = 0; job < jobs; job++) {
    writeFileSync(
      join(watch, 'pending', `${job}.json`),
      JSON.stringify(jobSpec(clip, output, job)),
    );
  }
  const options = ['--once', '--max-workers', String(workers)];
  const seconds = await secondsUntilExit(startRunner(watch, options, env));
  const made = readdirSync(output).length;
  if (made !== jobs) throw new Error(`${made} of ${jobs} proxies were made`);
  rmSync(watch, { recursive: true });
  rmSync(output, { recursive: true });
  return seconds;
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

/** Each command that the runner runs for a job, in order, as programs in its PATH note them down. */
async function recordCommands(folder, clip) {
  const programs = join(folder, 'programs');
  const notes = join(folder, 'commands');
  mkdirSync(programs);
  for (const name of ['ffmpeg', 'ffprobe']) {
    const real = execFileSync('which', [name], { encoding: 'utf8' }).trim();
    const note = `printf '%s\\0' ${name} "$@" '' >> '${notes}'`;
    writeFileSync(join(programs, name), `#!/bin/sh\n${note}\nexec '${real}' "$@"\n`, {
      mode: 0o755,
    });
  }
  await byRunner(folder, clip, 1, 1, { ...process.env, PATH: `${programs}:${process.env.PATH}` });
  const commands = readFileSync(notes, 'utf8').split('\0\0').filter(Boolean);
  return commands
    .map((command) => command.split('\0'))
    .filter((words) => words.length > START_WORDS);
}

async function byShell(folder, commands, workers) {
  const output = join(folder, 'output');
  mkdirSync(output);
  const lines = Array.from({ length: JOBS }, (_, job) =>
    commands.map((command) => inShell(command, join(output, `${job}.mov`))).join(' && '),
  );
  const shell = spawn('xargs', ['-0', '-n', '1', '-P', String(workers), 'sh', '-c'], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  shell.stdin.end(lines.join('\0'));
  const seconds = await secondsUntilExit(shell);
  if (shell.exitCode !== 0) throw new Error('The runner’s commands fail without it');
  rmSync(output, { recursive: true });
  return seconds;
}

/** The proxy and its small pictures are made in places of their own; nobody reads what comes on pipes. */
function inShell(command, proxy) {
  const words = command.map((word) =>
    word
      .replace(/^file:.*\.partial\.mov$/, `file:${proxy}`)
      .replace(/^file:.*\.partial\/pictures\.yuv$/, `file:${proxy}.yuv`),
  );
  const pipes = words.flatMap((word) => /^pipe:(\d+)$/.exec(word)?.[1] ?? []);
  const away = ['1', ...pipes].map((pipe) => `${pipe}>/dev/null`);
  return [...words.map(quote), ...new Set(away)].join(' ');
}

function quote(argument) {
  return `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}
