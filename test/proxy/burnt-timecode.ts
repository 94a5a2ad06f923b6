import { execa } from 'execa';
import type { ProxyPlan } from '@app/engines';
import { inkOf, paddingOf } from '../../libs/engines/src/burn-in/glyphs.ts';

/** Characters of a timecode. */
const CHARACTERS = Array.from('0123456789:;');

/** Reads the first text of a proxy, a timecode, from each of its frames: each cell is the character that goes together with it best. */
export async function readTimecodes(path: string, { video }: ProxyPlan): Promise<string[]> {
  const [text] = video.burnIn?.texts ?? [];
  if (video.burnIn === null || text === undefined) throw new Error('no text');
  const { box, cells } = text;
  const { size: cell } = video.burnIn;
  const { across, along } = paddingOf(cell);
  const shapes = CHARACTERS.map((character) => centred(Float64Array.from(inkOf(character, cell))));
  const read: string[] = [];
  const pending = Buffer.alloc(box.width * box.height);
  let filled = 0;
  const readFrame = () =>
    cells
      .map((_, place) => {
        const own = new Float64Array(cell.width * cell.height);
        for (let at = 0; at < own.length; at++) {
          const [x, y] = [at % cell.width, Math.floor(at / cell.width)];
          own[at] = pending[(along + y) * box.width + across + place * cell.width + x] ?? 0;
        }
        const levels = centred(own);
        const likeness = shapes.map((shape) =>
          shape.reduce((sum, ink, at) => sum + ink * (levels[at] ?? 0), 0),
        );
        return CHARACTERS[likeness.indexOf(Math.max(...likeness))] ?? '';
      })
      .join('');
  const crop = `crop=${box.width}:${box.height}:${box.x}:${box.y}:exact=1,format=gray`;
  const args = ['-v', 'error', '-i', `file:${path}`, '-vf', crop, '-fps_mode', 'passthrough'];
  const program = execa('ffmpeg', [...args, '-f', 'rawvideo', '-'], {
    encoding: 'buffer',
    buffer: { stdout: false },
  });
  for await (const chunk of program.stdout as AsyncIterable<Buffer>)
    for (let at = 0; at < chunk.length;) {
      const count = chunk.copy(pending, filled, at);
      at += count;
      filled += count;
      if (filled < pending.length) continue;
      read.push(readFrame());
      filled = 0;
    }
  await program;
  return read;
}

/** With a mean of 0 and a length of 1. */
function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const off = values.map((value) => value - mean);
  const length = Math.hypot(...off) || 1;
  return off.map((value) => value / length);
}

/** Timecodes of 29.97 frames a second from one on, counted as SMPTE ST 12-1 says: numbers 0 and 1 aren't there in minutes that aren't tens. */
export function dropFrameTimecodes(start: string, count: number): string[] {
  let [hours = 0, minutes = 0, seconds = 0, frames = 0] = start.split(/[:;]/).map(Number);
  return Array.from({ length: count }, () => {
    const text = `${[hours, minutes, seconds].map((one) => String(one).padStart(2, '0')).join(':')};${String(frames).padStart(2, '0')}`;
    frames += 1;
    if (frames === 30) [frames, seconds] = [0, seconds + 1];
    if (seconds === 60) {
      [seconds, minutes] = [0, minutes + 1];
      if (minutes % 10 !== 0) frames = 2;
    }
    if (minutes === 60) [minutes, hours] = [0, (hours + 1) % 24];
    return text;
  });
}
