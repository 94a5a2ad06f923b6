import { runProcess } from '../process/child-process.ts';

const [WIDTH, HEIGHT] = [64, 36];
const FRAME_BYTES = WIDTH * HEIGHT * 3;
/** Enough to tell a card from a clip, which moves or at least has grain. */
const MOST_FRAMES = 24;
/** Resolve's card has white words on it. */
const RED_SHARE = 0.6;
const STALL_SECONDS = 60;

/**
 * Whether a proxy shows nothing but Resolve's red card for media that it can't read. What Resolve says of such a clip is in
 * the language of its interface; the card is red everywhere, and each of its frames is like the one before.
 *
 * @param path of a proxy of at least two frames; a single one doesn't tell.
 * @throws the reason of `signal`.
 */
export async function showsOfflineCard(path: string, signal: AbortSignal): Promise<boolean> {
  const pixels = await firstFrames(path, signal);
  const count = Math.floor(pixels.length / FRAME_BYTES);
  const first = pixels.subarray(0, FRAME_BYTES);
  if (count < 2 || redShare(first) < RED_SHARE) return false;
  return Array.from({ length: count }, (_, index) =>
    pixels.subarray(index * FRAME_BYTES, (index + 1) * FRAME_BYTES),
  ).every((frame) => frame.equals(first));
}

/** The first frames, small, three bytes a pixel. */
async function firstFrames(path: string, signal: AbortSignal): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const output = ['-frames:v', `${MOST_FRAMES}`, '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'];
  const scale = ['-map', '0:v:0', '-vf', `scale=${WIDTH}:${HEIGHT}`];
  await runProcess(
    ['ffmpeg', '-v', 'error', '-nostdin', '-i', `file:${path}`, ...scale, ...output],
    { signal, stallSeconds: STALL_SECONDS, onStdout: (chunk) => chunks.push(chunk) > 0 },
  );
  signal.throwIfAborted();
  return Buffer.concat(chunks);
}

function redShare(frame: Buffer): number {
  let red = 0;
  for (let at = 0; at + 2 < frame.length; at += 3) {
    const [r = 0, g = 0, b = 0] = frame.subarray(at, at + 3);
    if (r > 60 && r > 2 * g && r > 2 * b) red++;
  }
  return red / (WIDTH * HEIGHT);
}
