// Cost of `plan` against ffprobe alone, and growth of its memory with the number of files.
import { execFileSync, spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { ffprobeArguments } from '../dist/libs/engines/src/media/ffprobe-arguments.js';
import { MAIN, scratch } from './runner.mjs';

const MANY = Number(process.env.BENCH_FILES ?? 10_000);
const FEW = MANY / 10;
const IN_A_FOLDER = 100;
const TIME_BOUND = 1.5;
const MEMORY_BOUND = 1.5;
/** Concurrency of `plan`. */
const AT_ONCE = Math.min(8, Math.max(2, availableParallelism()));
const CLIPS = {
  'a.mov': ['-c:v', 'prores_ks', '-c:a', 'pcm_s16le'],
  'b.mp4': ['-c:v', 'libx264', '-c:a', 'aac'],
  'c.mxf': ['-c:v', 'mpeg2video', '-c:a', 'pcm_s16le'],
  'd.mov': ['-c:v', 'libx264', '-c:a', 'pcm_s24le', '-timecode', '10:00:00:00'],
};

export function plan() {
  const parent = scratch();
  const clips = Object.entries(CLIPS).map(([name, codecs]) => makeSource(parent, name, codecs));
  const cards = [FEW, MANY].map((count) => makeCard(parent, clips, count));
  const [few, many] = cards.map(({ folder, files }) => byPlan(parent, folder, files.length));
  const bare = byXargs(parent, cards[1].files);
  const ratio = many.seconds / bare.seconds;
  const work = many.processor / bare.processor;
  const memory = many.megabytes / few.megabytes;
  return [
    {
      measure: `${MANY} files, plan : xargs -P ${AT_ONCE} ffprobe`,
      value: `${many.seconds.toFixed(1)} s : ${bare.seconds.toFixed(1)} s = ${ratio.toFixed(2)}`,
      bound: `<= ${TIME_BOUND}`,
      ok: ratio <= TIME_BOUND,
    },
    {
      measure: 'the same in processor seconds',
      value: `${many.processor.toFixed(1)} s : ${bare.processor.toFixed(1)} s = ${work.toFixed(2)}`,
      bound: `<= ${TIME_BOUND}`,
      ok: work <= TIME_BOUND,
    },
    {
      measure: `most resident memory, ${MANY} : ${FEW} files`,
      value: `${many.megabytes.toFixed(0)} MB : ${few.megabytes.toFixed(0)} MB = ${memory.toFixed(2)}`,
      bound: `<= ${MEMORY_BOUND}`,
      ok: memory <= MEMORY_BOUND,
    },
  ];
}

function makeSource(parent, name, codecs) {
  const clip = join(parent, name);
  execFileSync('ffmpeg', [
    ...['-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=25:duration=0.4'],
    ...['-f', 'lavfi', '-i', 'sine=sample_rate=48000:duration=0.4', '-pix_fmt', 'yuv420p'],
    ...(name === 'a.mov' ? ['-pix_fmt', 'yuv422p10le'] : []),
    ...[...codecs, clip],
  ]);
  return clip;
}

/** Makes a card of hard links: as many names as on a real card, without the space. */
function makeCard(parent, clips, count) {
  const folder = join(parent, `card-${count}`);
  const files = Array.from({ length: count }, (_, index) => {
    const clip = clips[index % clips.length];
    const name = `A001C${String(index).padStart(5, '0')}${extname(clip)}`;
    const file = join(folder, String(Math.floor(index / IN_A_FOLDER)), name);
    mkdirSync(dirname(file), { recursive: true });
    linkSync(clip, file);
    return file;
  });
  return { folder, files };
}

/** @throws Error if the plan lacks a file */
function byPlan(parent, folder, count) {
  const peak = join(parent, 'peak');
  const note = `process.on('exit', () => fs.writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)))`;
  const preload = `data:text/javascript,${encodeURIComponent(`import fs from 'node:fs'; ${note}`)}`;
  const flags = ['--output', join(parent, 'proxies'), '--codec', 'prores_proxy'];
  const words = [process.execPath, '--import', preload, MAIN, 'plan', folder, ...flags];
  const { stdout, ...spent } = timed(words);
  if (!stdout.includes(`${count} proxies in `)) throw new Error(`no plan: ${stdout}`);
  return { ...spent, megabytes: Number(readFileSync(peak, 'utf8')) / 1000 };
}

/** Runs the same ffprobe calls as `plan`. */
function byXargs(parent, files) {
  const list = join(parent, 'arguments');
  const [last, ...words] = ffprobeArguments('').toReversed();
  writeFileSync(list, files.map((file) => last + file).join('\0'));
  const each = ['-0', '-a', list, '-n', '1', '-P', String(AT_ONCE), 'ffprobe'];
  return timed(['xargs', ...each, ...words.toReversed()]);
}

/** Elapsed seconds and processor seconds of a command and its children. */
function timed(command) {
  const script = 'TIMEFORMAT="%R %U %S"; { time "$@" 2>/dev/null; } 2>&1 | tail -n 2';
  const words = ['-c', script, 'bash', ...command];
  const { stdout } = spawnSync('bash', words, { encoding: 'utf8', maxBuffer: 1e9 });
  const [seconds, user, system] = stdout.trim().split('\n').at(-1).split(' ').map(Number);
  return { seconds, processor: user + system, stdout };
}
