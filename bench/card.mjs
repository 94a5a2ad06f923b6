// A card as people plan it, made by two workers with all checks, against what a shell makes of it: plain FFmpeg, two at once.
import { copyFileSync, mkdirSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { byShell, makeClip } from './jobs.mjs';
import { MAIN, median, scratch, timed, watchFolder } from './runner.mjs';

const ROUNDS = 3;
const CLIPS = 6;
const WORKERS = 2;
const BOUND = 0.49;
/** Frames from one keyframe to the next: a second, as cameras write them, and the whole clip, as FFmpeg does. */
const GOPS = [25, 250];

export function card() {
  return GOPS.flatMap(cardOf);
}

function cardOf(gop) {
  const folder = scratch();
  const place = join(folder, 'A001');
  mkdirSync(place);
  const clip = makeClip(join(place, 'C001.mov'), '1920x1080', { seconds: 10, gop });
  for (let number = 2; number <= CLIPS; number++)
    copyFileSync(clip, join(place, `C00${number}.mov`));
  // A file that has just changed may still be being copied, and plan waits for it.
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

/** Time that `plan` and the runner take for a card, with defaults. @throws Error when a proxy is missing. */
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
