// The runner with all its checks, against the command that a user would type instead: FFmpeg's encoder with its defaults.
import { basename, join } from 'node:path';
import { footage } from './footage.mjs';
import { byRunner, byShell, makeSource } from './jobs.mjs';
import { median, scratch } from './runner.mjs';

const ROUNDS = 3;
const PRORES = '-c:v prores_ks -profile:v 0 -c:a copy';
const WHOLE_SECONDS = 10;
const WHOLE = [
  { codec: 'prores_proxy', name: 'ProRes Proxy', encoder: PRORES, bound: 0.4 },
  { codec: 'h264', name: 'H.264', encoder: '-c:v libx264 -c:a copy', bound: 1.42 },
  {
    codec: 'dnxhr',
    name: 'DNxHR LB',
    encoder: '-c:v dnxhd -profile:v dnxhr_lb -c:a copy',
    bound: 1.45,
  },
];
const SHORT = { jobs: 40, size: '640x360', bound: 0.9 };

export function plain() {
  const folder = scratch();
  return [...whole(folder), ...short(folder)];
}

/** One clip at half size, or those of `--footage`. */
function whole(folder) {
  const own = () => [
    makeSource(join(folder, 'whole.mov'), '1920x1080', { seconds: WHOLE_SECONDS }),
  ];
  return (footage() ?? own()).flatMap((clip) =>
    WHOLE.flatMap(({ codec, name, encoder, bound }) => {
      const line = `${ffmpeg(clip)} -vf scale=iw/2:-2 ${encoder} {}.mov`;
      const title = `${basename(clip)} to ${name} at half`;
      return compare(title, bound, folder, clip, line, { codec, resolution: 'half' });
    }),
  );
}

function short(folder) {
  const { jobs, size, bound } = SHORT;
  const clip = makeSource(join(folder, 'short.mp4'), size, { sound: 'aac' });
  const line = `${ffmpeg(clip)} ${PRORES} {}.mov`;
  return [1, 2].flatMap((workers) => {
    const name = `${jobs} jobs of a second of ${size}, ${workers} worker(s)`;
    return compare(name, bound, folder, clip, line, { workers, jobs, resolution: 'same' });
  });
}

const ffmpeg = (clip) => `ffmpeg -v error -nostdin -i '${clip}'`;

function compare(name, bound, folder, clip, line, form) {
  const rounds = Array.from({ length: ROUNDS }, () => ({
    runner: byRunner(folder, clip, form),
    plain: byShell(folder, line, form),
  }));
  return ['processor', 'real'].map((kind) => {
    const [runner, plain] = ['runner', 'plain'].map((who) =>
      median(rounds.map((round) => round[who][kind])),
    );
    const ratio = runner / plain;
    return {
      measure: `${name}, runner : plain FFmpeg, ${kind === 'real' ? 'clock' : 'processor time'}`,
      value: `${runner.toFixed(2)} s : ${plain.toFixed(2)} s = ${ratio.toFixed(3)}`,
      bound: `<= ${bound}`,
      ok: ratio <= bound,
    };
  });
}
