// Time of planning a card and making its proxies with two workers and all checks, against plain FFmpeg, two at once, run by a shell.
import { copyFileSync, mkdirSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { byShell, makeSource } from './jobs.mjs';
import { MAIN, median, scratch, timed, watchFolder } from './runner.mjs';

const ROUNDS = 3;
const CLIPS = 6;
const WORKERS = 2;
const BOUND = 0.49;
/** Frames between keyframes: one second's, as in camera files, and the whole clip's, as FFmpeg's default has it. */
const GOPS = [25, 250];

export function card() {
  return GOPS.flatMap(cardOf);
}

function cardOf(gop) {
  const folder = scratch();
  const place = join(folder, 'A001');
  mkdirSync(place);
  const clip = makeSource(join(place, 'C001.mov'), '1920x1080', { seconds: 10, gop });
  for (let number = 2; number <= CLIPS; number++)
    copyFileSync(clip, join(place, `C00${number}.mov`));
  // Old enough for plan, which waits for files that may still be being copied.
  for (const name of readdirSync(place)) utimesSync(join(place, name), 0, 0);
  const line = `ffmpeg -v error -nostdin -i '${clip}' -vf scale=iw/2:-2 -c:v prores_ks -profile:v 0 -c:a copy {}.mov`;
  const rounds = Array.from({ length: ROUNDS }, () => ({
    runner: planned(folder, place),
    plain: byShell(folder, line, { workers: WORKERS, jobs: CLIPS }),
  }));
  return ['processor', 'real'].map((kind) => {
    const [runner, plain] = ['runner', 'plain'].map((who) =>
      median(rounds.map((round) => round[who][kind])),
    );
    const ratio = runner / plain;
    const clock = kind === 'real' ? 'clock' : 'processor time';
    return {
      measure: `a card of ${CLIPS} clips of ten seconds, a keyframe each ${gop} frames, ${WORKERS} workers, runner : plain FFmpeg, ${clock}`,
      value: `${runner.toFixed(2)} s : ${plain.toFixed(2)} s = ${ratio.toFixed(3)}`,
      bound: `<= ${BOUND}`,
      ok: ratio <= BOUND,
    };
  });
}

/** Time that `plan` and the runner take for a card, with default settings. @throws Error if a proxy is missing */
function planned(folder, place) {
  const watch = watchFolder(folder, 'watch');
  const output = join(folder, 'proxies');
  const words = ['--output', output, '--codec', 'prores_proxy', '--submit', watch];
  const plan = timed(['node', MAIN, 'plan', place, ...words]);
  const run = timed(['node', MAIN, watch, '--once', '--max-workers', `${WORKERS}`]);
  const made = readdirSync(join(output, 'A001')).filter((name) => name.endsWith('.mov'));
  if (made.length !== CLIPS) throw new Error(`${made.length} of ${CLIPS} proxies were made`);
  for (const path of [watch, output]) rmSync(path, { recursive: true });
  return { processor: plan.processor + run.processor, real: plan.real + run.real };
}
