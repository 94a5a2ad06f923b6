import { expect, it } from 'vitest';
import { StreamChanges } from './stream-changes.ts';
import { withoutPrinted } from './ffmpeg-log.ts';

const printed = (stream: number, milliseconds: number) =>
  `[Eval @ 0x7f10] [warning] ${(stream + 1) * 1e9 + milliseconds}.000000\n`;

function changesIn(...chunks: string[]) {
  const changes = new StreamChanges();
  for (const chunk of chunks) changes.take(Buffer.from(chunk));
  return Object.fromEntries(changes.ofStreams);
}

it('a track begins once, however late', () => {
  expect(changesIn(printed(0, 0), printed(1, 19_995))).toEqual({});
});

it('what begins again has changed, also the first stream', () => {
  const stderr = [
    printed(0, 0),
    printed(2, 400),
    printed(0, 2005),
    printed(2, 61_000),
    printed(2, 90_000),
  ];
  const expected = { 0: { seconds: 2.005, times: 1 }, 2: { seconds: 61, times: 2 } };
  expect(changesIn(...stderr)).toEqual(expected);
});

it('a decoder that begins by its header has changed early, unless more follows', () => {
  expect(changesIn(printed(1, 0), printed(1, 24))).toEqual({ 1: { seconds: 0.024, times: 1 } });
  const stderr = [printed(1, 0), printed(1, 24), printed(1, 2005)];
  expect(changesIn(...stderr)).toEqual({ 1: { seconds: 2.005, times: 1 } });
});

it('lines that come in parts, and a flood of others', () => {
  const line = printed(1, 60_000);
  const flood = '[s16le @ 0x5] [error] Application provided invalid data\n'.repeat(5000);
  const half = line.slice(0, 30);
  expect(changesIn(printed(1, 0), flood, half, line.slice(30), flood, 'x'.repeat(1e6))).toEqual({
    1: { seconds: 60, times: 1 },
  });
});

it('the rest of what FFmpeg wrote is left', () => {
  const stderr = `[h264 @ 0x5] [error] bad\n${printed(1, 0)}[warning] 2000000000.000000\nlast`;
  expect(withoutPrinted(stderr)).toBe('[h264 @ 0x5] [error] bad\nlast');
});

it('a time of the picture that goes back is no change of its form', () => {
  const changes = new StreamChanges();
  expect(changes.goesBack).toBe(false);
  changes.take(Buffer.from(printed(1e6, 0) + printed(1e6 + 1, 2000)));
  expect([changes.goesBack, changes.picture, changes.ofStreams.size]).toEqual([true, null, 0]);
});

it('a picture that begins again has changed, and is no track', () => {
  const changes = new StreamChanges();
  for (const seconds of [0, 2]) changes.take(Buffer.from(printed(1e6, seconds * 1000)));
  expect([changes.picture, changes.ofStreams.size]).toEqual([{ seconds: 2, times: 1 }, 0]);
});

it.each([
  ['audio', [3]],
  ['video', [3]],
  ['data', []],
])('a stream that FFmpeg comes upon too late: %s', (kind, late) => {
  const changes = new StreamChanges();
  const line = `[in#0/mpegts @ 0x55] [warning] New ${kind} stream with index 3 at pos:27022932 and DTS:3.32s\n`;
  changes.take(Buffer.from(line));
  expect([...changes.lateStreams]).toEqual(late);
});
