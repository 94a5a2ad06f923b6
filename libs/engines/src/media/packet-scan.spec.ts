import { describe, expect, it } from 'vitest';
import { DescriptionTooLongError, PacketScan } from './packets.ts';

const packet = (
  stream: number,
  pts: number,
  rest = '"duration": 512, "size": "40", "flags": "K__" },',
) => `        { "stream_index": ${stream}, "pts": ${pts}, "dts": ${pts}, ${rest}`;

const REPORT = [
  '{',
  '    "packets": [',
  packet(0, -512, '"duration": 512, "flags": "KD_" },'),
  packet(0, 1024),
  packet(1, -1024, '"duration": 1024, "flags": "K__",'),
  '            "side_data_list": [',
  '                { "side_data_type": "Skip Samples", "skip_samples": 1024 }',
  '            ] },',
  packet(0, 0),
  '        { "stream_index": 0, "dts": 2048, "duration": 512, "size": "9", "flags": "___" }',
  '    ],',
  '    "format": { "format_name": "mov", "tags": { "title": "Ö" } }',
  '}',
  '',
].join('\n');

/** In pieces, which come as they like. */
function scanned(size: number): PacketScan {
  const scan = new PacketScan();
  const bytes = Buffer.from(REPORT);
  for (let at = 0; at < bytes.length; at += size) scan.take(bytes.subarray(at, at + size));
  return scan;
}

it('knows when the first incomplete packet is due', () => {
  const scan = new PacketScan();
  const flags = (some: string) => `"duration": 10, "size": "9", "flags": "${some}" },`;
  const lines = ['K__', 'K_C', 'K_C', 'K__'].map((some, n) => packet(1, 10 * n, flags(some)));
  scan.take(Buffer.from(`${[packet(0, 0), ...lines].join('\n')}\n`));
  expect([0, 1].map((stream) => scan.packets().get(stream)?.corruptFrom)).toEqual([undefined, 10]);
});

describe.each([1, 7, 10_000])('a report that comes %i bytes at a time', (size) => {
  it('is a description without packets', () => {
    expect(JSON.parse(scanned(size).description())).toEqual({
      packets: [],
      format: { format_name: 'mov', tags: { title: 'Ö' } },
    });
  });

  it('adds up what packets tell, and what is hidden only counts', () => {
    expect(scanned(size).packets().get(0)).toMatchObject({
      count: 4,
      shown: 3,
      times: [1024, 0, 2048],
      first: 0,
      end: 2560,
      sizes: [40, 40, 9],
    });
  });

  it('keeps streams apart, and leaves side data out', () => {
    expect(scanned(size).packets().get(1)).toMatchObject({ count: 1, first: -1024, end: 0 });
  });
});

it('packets cost no memory but their times and sizes', () => {
  const scan = new PacketScan(1000);
  const line = Buffer.from(`${packet(0, 1)}\n`);
  for (let at = 0; at < 1000; at++) scan.take(line);
  expect(scan.description()).toBe('');
});

describe('a description that is longer than the most', () => {
  const tag = Buffer.from('x'.repeat(100));

  it('is refused in the middle of its only line', () => {
    const scan = new PacketScan(1000);
    for (let part = 0; part < 10; part++) scan.take(tag);
    expect(() => scan.take(tag)).toThrow(DescriptionTooLongError);
  });

  it('is refused by the sum of its lines', () => {
    const scan = new PacketScan(1000);
    const line = Buffer.concat([tag, Buffer.from('\n')]);
    for (let part = 0; part < 10; part++) scan.take(line);
    expect(() => scan.take(line)).toThrow(DescriptionTooLongError);
  });

  it('costs time by its length alone: by the square of it, this would end at the limit of a test', () => {
    const scan = new PacketScan(128 * 1024 * 1024);
    const chunk = Buffer.alloc(64 * 1024, 'x');
    for (let part = 0; part < 2048; part++) scan.take(chunk);
    expect(() => scan.take(chunk)).toThrow(DescriptionTooLongError);
  });
});

it('a packet without a time is counted', () => {
  const scan = new PacketScan();
  scan.take(Buffer.from('        { "stream_index": 2, "duration": 1, "flags": "K__" },\n'));
  expect(scan.packets().get(2)).toMatchObject({ count: 1, first: null, end: null });
});
