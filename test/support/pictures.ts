import type { ClipResult } from '@app/jobspec/result';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FilledFolder } from './filled-folder.ts';

/** Frames that are kept of a clip. */
export const FRAMES_OF_A_CLIP = 3;
const SIZE = { width: 320, height: 180 };

/** Hills under a sky: each third frame is another place, at another hour. */
const PLACE = 'floor(N/3)';
const STEP = 'mod(N\\,3)';
const hill = (height: number, wave: number, speed: number) =>
  `H*(${height}+0.06*sin(X/W*${wave}+${PLACE}*${speed}+${STEP}*0.15)+0.025*sin(X/W*${wave * 3.3}+${PLACE}))`;
const tone = (offset: number) => `(0.5+0.5*cos(6.28*(${PLACE}*0.137+${offset})))`;
const SUN = `lt(hypot(X-W*(0.15+0.7*mod(${PLACE}*0.37\\,1))\\,Y-H*(0.3-0.05*${STEP}))\\,H*0.075)`;

function painted(offset: number): string {
  const sky = `(45+(1-Y/H)*150*${tone(offset)}+(Y/H)*190*${tone(offset * 1.4 + 0.42)})`;
  const layer = (share: number) => `(${sky}*${share}+14*${tone(offset + share)})`;
  return `if(gt(Y\\,${hill(0.84, 6, 2.3)})\\,${layer(0.18)}\\,if(gt(Y\\,${hill(0.7, 4, 0.9)})\\,${layer(0.42)}\\,if(gt(Y\\,${hill(0.56, 5, 1.7)})\\,${layer(0.7)}\\,if(${SUN}\\,250-${offset}*70\\,${sky}))))`;
}

/** Painted JPEGs as a runner keeps them, three for each of so many clips, in a folder of their own. */
export class Pictures {
  readonly #folder = mkdtempSync(join(tmpdir(), 'pictures-'));

  constructor(clips: number) {
    const source = 'color=black:size=192x108:rate=1';
    const paint = `format=gbrp,geq=r='${painted(0)}':g='${painted(0.1)}':b='${painted(0.3)}',scale=${SIZE.width}:${SIZE.height}:flags=lanczos`;
    const input = ['-loglevel', 'error', '-f', 'lavfi', '-i', source, '-vf', paint];
    const frames = ['-frames:v', String(clips * FRAMES_OF_A_CLIP), '-pix_fmt', 'yuvj420p'];
    execFileSync('ffmpeg', [...input, ...frames, '-q:v', '4', join(this.#folder, '%d.jpg')]);
  }

  /** Keeps the pictures of a clip below a watch folder, and lists them in its result. @param number of the clip, from 0 */
  give<Clip extends ClipResult>(folder: FilledFolder, clip: Clip, number: number, frames = 240) {
    const base = clip.source_path.replace(/^.*\/|\.\w+$/gu, '');
    const below = join('.runner/pictures', base);
    mkdirSync(join(folder.path, below), { recursive: true });
    const pictures = [0, 1, 2].map((step) => {
      const path = join(folder.path, below, `${step}.jpg`);
      copyFileSync(join(this.#folder, `${number * FRAMES_OF_A_CLIP + step + 1}.jpg`), path);
      const frame = Math.round((frames - 1) * (0.1 + step * 0.4));
      const { width, height } = SIZE;
      return { path, frame, timecode: timecodeAt(frame), width, height };
    });
    return { ...clip, pictures };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

/** Timecode of a frame, in a clip that begins at 14:02:11:07, at 24 frames a second. */
function timecodeAt(frame: number): string {
  const count = ((14 * 60 + 2) * 60 + 11) * 24 + 7 + frame;
  const parts = [count / 86_400, (count / 1440) % 60, (count / 24) % 60, count % 24];
  return parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
}
