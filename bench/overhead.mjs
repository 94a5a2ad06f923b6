// Overhead of the runner: its calls of ffprobe and ffmpeg, against the same calls by xargs.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { byRunner, byShell, makeSource } from './jobs.mjs';
import { median, scratch } from './runner.mjs';

const JOBS = 50;
const ROUNDS = 3;
const CASES = [
  { size: '1920x1080', resolution: 'half', bound: 1.15 },
  { size: '320x180', resolution: 'same', bound: 1.08 },
];
/** Words of the longest call that belongs to no job, such as `ffmpeg -version`, which runs once at the start. */
const START_WORDS = 4;

export function overhead() {
  return CASES.flatMap(({ size, resolution, bound }) => {
    const folder = scratch();
    const clip = makeSource(join(folder, 'clip.mov'), size);
    const line = recordCommands(folder, clip, resolution);
    return [1, 2].map((workers) => {
      const form = { workers, jobs: JOBS, resolution };
      const rounds = Array.from({ length: ROUNDS }, () => ({
        runner: byRunner(folder, clip, form).real,
        bare: byShell(folder, line, form).real,
      }));
      return rowOf({ size, workers, bound }, rounds);
    });
  });
}

function rowOf({ size, workers, bound }, rounds) {
  const [runner, bare] = ['runner', 'bare'].map((key) => median(rounds.map((one) => one[key])));
  return {
    measure: `${JOBS} jobs of a second of ${size}, ${workers} worker(s), runner : xargs -P ${workers}`,
    value: `${runner.toFixed(2)} s : ${bare.toFixed(2)} s = ${(runner / bare).toFixed(3)}`,
    bound: `<= ${bound}`,
    ok: runner / bare <= bound,
  };
}

/** Runs a job with programs in its PATH that record their calls. @returns these calls, in order, as one shell command */
function recordCommands(folder, clip, resolution) {
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
  const env = { ...process.env, PATH: `${programs}:${process.env.PATH}` };
  byRunner(folder, clip, { resolution }, { env });
  const commands = readFileSync(notes, 'utf8')
    .split('\0\0')
    .map((command) => command.split('\0'))
    .filter((words) => words.length > START_WORDS);
  const written = new Set();
  return commands.map((words) => inShell(words, clip, written)).join(' && ');
}

/** Path that the runner gives by a descriptor: an open file, or a name in an open folder. */
const OPEN_FILE = /^file:\/proc\/\d+\/fd\/(\d+)(?:\/(.+))?$/;

/**
 * Shell command for a recorded call. The proxy and the files for its checks, which the runner gives by descriptors, get paths; pipes
 * lead nowhere.
 *
 * @param written descriptors of files written so far: an open file that is read before it is written is the source
 */
function inShell(command, clip, written) {
  const words = command.map((word, index) =>
    word.replace(OPEN_FILE, (_, descriptor, name) => {
      if (name !== undefined) return `file:{}.${name}`;
      if (command[index - 1] !== '-i') written.add(descriptor);
      return written.has(descriptor) ? 'file:{}.mov' : `file:${clip}`;
    }),
  );
  const pipes = words.flatMap((word) => /^pipe:(\d+)$/.exec(word)?.[1] ?? []);
  const away = ['1', ...pipes].map((pipe) => `${pipe}>/dev/null`);
  return [...words.map(quote), ...new Set(away)].join(' ');
}

function quote(argument) {
  return `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}
