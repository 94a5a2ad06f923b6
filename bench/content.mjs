// Cost of comparing every frame and sample: a job, and the same job with a program in its PATH that leaves out the small frames
// and the reads that are only for the comparison. The runner can't turn that off, so the second job may fail at the end, when
// its proxy is made. It still decodes the source's audio for the comparison, which is little.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { footage } from './footage.mjs';
import { byRunner, makeClip } from './jobs.mjs';
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
  const own = () => [makeClip(join(folder, 'clip.mov'), '1920x1080', { seconds: 12 })];
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

/** The words that run a command and say that it went well. */
const ANYHOW = ['sh', '-c', '"$@" || true', 'sh'];

/**
 * An `ffmpeg` that writes no small pictures, and reads neither the proxy nor the start of the source's sound.
 *
 * @returns the environment in which it is found first.
 */
function withoutComparison(folder) {
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  const real = execFileSync('which', ['ffmpeg'], { encoding: 'utf8' }).trim();
  writeFileSync(join(programs, 'ffmpeg'), script(real), { mode: 0o755 });
  return { ...process.env, PATH: `${programs}:${process.env.PATH}` };
}

/** Small pictures and lines are the first two outputs of the pass that encodes. It tells its progress; what reads them again doesn't. */
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
