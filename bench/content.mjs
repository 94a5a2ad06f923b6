// Cost of comparing every frame and sample: a job, against the same job with an `ffmpeg` in its PATH that leaves out the small frames
// and the reads that only the comparison needs. The runner can't turn the comparison off, so the second job may fail once its proxy is
// made. It still decodes the source's audio for the comparison, which costs little.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { footage } from './footage.mjs';
import { byRunner, makeSource } from './jobs.mjs';
import { cpuSeconds, median, scratch } from './runner.mjs';

const ROUNDS = 3;
const BOUND = 0.1;
const PROXIES = [
  { codec: 'prores_proxy', resolution: 'same' },
  { codec: 'prores_proxy', resolution: 'half' },
  { codec: 'h264', resolution: 'same' },
  { codec: 'h264', resolution: 'half' },
];

export function content() {
  const folder = scratch();
  const env = withoutComparison(folder);
  const own = () => [makeSource(join(folder, 'clip.mov'), '1920x1080', { seconds: 12 })];
  return (footage() ?? own()).flatMap((clip) =>
    PROXIES.map((proxy) => rowOf(folder, clip, { ...proxy, container: 'mov' }, env)),
  );
}

function rowOf(folder, clip, form, env) {
  const kept = join(folder, 'kept.mov');
  const rounds = Array.from({ length: ROUNDS }, () => ({
    whole: byRunner(folder, clip, form, { keep: kept }).processor,
    without: byRunner(folder, clip, form, {
      env,
      canFail: 'OutputVerificationError',
      before: ANYHOW,
    }).processor,
  }));
  const [whole, without] = ['whole', 'without'].map((kind) =>
    median(rounds.map((round) => round[kind])),
  );
  const decoding = cpuSeconds(['ffmpeg', '-v', 'error', '-i', kept, '-f', 'null', '-']);
  const share = (whole - without) / whole;
  return {
    measure: `${basename(clip)} to ${form.codec}, ${form.resolution}: share of the comparison`,
    value: `${(100 * share).toFixed(0)} % (${whole.toFixed(2)} s, ${without.toFixed(2)} s without; decoding ${decoding.toFixed(2)} s)`,
    bound: `<= ${100 * BOUND} %`,
    ok: share <= BOUND,
  };
}

/** Command prefix that always exits with 0. */
const ANYHOW = ['sh', '-c', '"$@" || true', 'sh'];

/**
 * Writes an `ffmpeg` that makes no small frames, and reads neither the proxy nor the start of the source's audio.
 *
 * @returns environment with this `ffmpeg` first in its PATH
 */
function withoutComparison(folder) {
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  const real = execFileSync('which', ['ffmpeg'], { encoding: 'utf8' }).trim();
  writeFileSync(join(programs, 'ffmpeg'), script(real), { mode: 0o755 });
  return { ...process.env, PATH: `${programs}:${process.env.PATH}` };
}

/** The small frames are the first output of the encode, which has `-progress`; the commands that read them back don't. */
function script(real) {
  return `#!/bin/bash
words=("$@")
for at in "\${!words[@]}"; do
  word=\${words[at]}
  [[ $word == -map && -z $first ]] && first=$at
  [[ $word == file:*/pictures.nut* ]] && : > "\${word#file:}" && last=$at
done
case "$*" in
  *-progress*/pictures.nut*) exec '${real}' "\${words[@]:0:first}" "\${words[@]:last+1}" ;;
  */pictures.nut* | *-copyts*pipe:*) exit 0 ;;
  *) exec '${real}' "$@" ;;
esac
`;
}
