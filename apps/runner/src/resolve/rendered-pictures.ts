import { PictureCutter } from '@app/engines';
import { runProcess } from '../process/child-process.ts';

const [WIDTH, HEIGHT] = [64, 36];
const FRAME_BYTES = WIDTH * HEIGHT * 3;
/** Enough to tell a card from a clip, which moves or at least has grain. */
const FIRST_FRAMES = 24;
/** Resolve's card has white words on it. */
const RED_SHARE = 0.6;
/** Of 255: what a codec makes of black. */
const BLACK = 4;
const STALL_SECONDS = 60;

/** What a proxy shows from its first picture to its last. */
export interface Shown {
  /** Nothing but Resolve's red card for media that it can't read. */
  isCard: boolean;
  /** Nothing but black. */
  isBlack: boolean;
  /** One picture again and again. */
  isStill: boolean;
}

/**
 * Looks at the pictures of a proxy, at all of them where the first ones are strange. What Resolve says of a clip that it
 * can't read is in the language of its interface; its card is red everywhere, and each of its frames is like the one before.
 *
 * @param path of a proxy; of a single frame only black can be told.
 * @throws the reason of `signal`.
 */
export async function lookAtPictures(path: string, signal: AbortSignal): Promise<Shown> {
  const first = await look(path, ['-frames:v', `${FIRST_FRAMES}`], signal);
  const isStrange = first.isBlack || first.isStill;
  return isStrange && !first.isCard ? look(path, [], signal) : first;
}

async function look(path: string, most: readonly string[], signal: AbortSignal): Promise<Shown> {
  let [frames, isRed, isBlack, isStill] = [0, false, true, true];
  const cutter = new PictureCutter(FRAME_BYTES, ({ previous, here }) => {
    if (frames++ === 0) isRed = redShare(here) >= RED_SHARE;
    isBlack &&= here.every((level) => level <= BLACK);
    isStill &&= Buffer.compare(previous, here) === 0;
  });
  const output = [...most, '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'];
  const scale = ['-map', '0:v:0', '-vf', `scale=${WIDTH}:${HEIGHT}`];
  await runProcess(
    ['ffmpeg', '-v', 'error', '-nostdin', '-i', `file:${path}`, ...scale, ...output],
    {
      signal,
      stallSeconds: STALL_SECONDS,
      onStdout: (chunk) => cutter.take(chunk),
    },
  );
  signal.throwIfAborted();
  cutter.end();
  const hasMore = frames > 1;
  return {
    isCard: hasMore && isRed && isStill,
    isBlack: frames > 0 && isBlack,
    isStill: hasMore && isStill,
  };
}

/** What is to be said of pictures that a clip seldom has; `null` of others. */
export function pictureDoubt({ isBlack, isStill }: Shown): string | null {
  if (isBlack)
    return 'The proxy is black from its first picture to its last. Unless the lens was covered, Resolve has not read the clip: compare them.';
  if (!isStill) return null;
  return 'The proxy shows one picture from start to end. If anything moves in the clip, Resolve has not read it: compare them.';
}

function redShare(frame: Uint8Array): number {
  let red = 0;
  for (let at = 0; at + 2 < frame.length; at += 3) {
    const [r = 0, g = 0, b = 0] = frame.subarray(at, at + 3);
    if (r > 60 && r > 2 * g && r > 2 * b) red++;
  }
  return red / (WIDTH * HEIGHT);
}
