import { FrameCutter } from '@app/engines';
import { runProcess } from '@app/storage';

const [WIDTH, HEIGHT] = [64, 36];
const FRAME_BYTES = WIDTH * HEIGHT * 3;
const PIXELS = '-f rawvideo -pix_fmt rgb24 pipe:1'.split(' ');
/** Resolve's card has white words on it. */
const RED_SHARE = 0.6;
/** Of 255: what a codec makes of one colour. */
const NOISE = 4;
const STALL_SECONDS = 60;

/**
 * Looks at every picture of a proxy: Resolve puts its card where it can't read a frame, and calls the render complete. What
 * it says of a clip is in the language of its interface; its card is of one red.
 *
 * @returns how many frames show nothing but that card, and the first of them; whether all show one picture.
 * @throws the reason of `signal`.
 */
export async function lookAtFrames(path: string, signal: AbortSignal) {
  const shown = { cards: 0, firstCard: 0 };
  let [frames, changes] = [0, 0];
  const cutter = new FrameCutter(FRAME_BYTES, ({ previous, here }) => {
    if (isCard(here) && shown.cards++ === 0) shown.firstCard = frames;
    if (frames++ > 0 && Buffer.compare(previous, here) !== 0) changes++;
  });
  const small = ['-map', '0:v:0', '-vf', `scale=${WIDTH}:${HEIGHT}:flags=neighbor`];
  await runProcess(
    ['ffmpeg', '-v', 'error', '-nostdin', '-i', `file:${path}`, ...small, ...PIXELS],
    { signal, stallSeconds: STALL_SECONDS, onStdout: (chunk) => cutter.take(chunk) },
  );
  signal.throwIfAborted();
  cutter.end();
  return { ...shown, isStill: frames > 1 && changes === 0 };
}

/** Mostly of one and the same red: what a camera has seen has shades, and grain that single pixels show. */
function isCard(frame: Uint8Array): boolean {
  const middle = [0, 1, 2].map((channel) => median(frame, channel));
  const [r = 0, g = 0, b = 0] = middle;
  if (r <= 60 || r <= 2 * g || r <= 2 * b) return false;
  let alike = 0;
  for (let at = 0; at + 2 < frame.length; at += 3)
    if (middle.every((level, channel) => Math.abs((frame[at + channel] ?? 0) - level) <= NOISE))
      alike++;
  return alike >= RED_SHARE * WIDTH * HEIGHT;
}

/** The level of a channel that half of the pixels stay below. */
function median(frame: Uint8Array, channel: number): number {
  return frame.filter((_, at) => at % 3 === channel).sort()[(WIDTH * HEIGHT) >> 1] ?? 0;
}
