import { expect, it } from 'vitest';
import { emptySlotsAtEnd } from './avi-end.ts';

function chunk(id: string, body: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.write(id, 'latin1');
  header.writeUInt32LE(body.length, 4);
  return Buffer.concat([header, body, Buffer.alloc(body.length % 2)]);
}

function entry(slot: string): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.write(slot.slice(0, 4), 'latin1');
  bytes.writeUInt32LE(slot.endsWith('-') ? 0 : 100, 12);
  return bytes;
}

/** An AVI whose index lists these; `-` is an empty one. */
function avi(slots: readonly string[]): Buffer {
  const lists = [chunk('LIST', Buffer.from('hdrl')), chunk('LIST', Buffer.from('movi1'))];
  const index = chunk('idx1', Buffer.concat(slots.map(entry)));
  return chunk('RIFF', Buffer.concat([Buffer.from('AVI '), ...lists, index]));
}

function found(bytes: Buffer, stream = 0): Promise<number> {
  const read = (offset: number, length: number) =>
    Promise.resolve(bytes.subarray(offset, offset + length));
  return emptySlotsAtEnd(read, bytes.length, stream);
}

function times(count: number, slot: string): string[] {
  return Array.from({ length: count }, () => slot);
}

it.each<[string, readonly string[], number]>([
  ['a picture in each', ['00dc', '01wb', '00dc', '01wb'], 0],
  ['some that are empty in the middle', ['00dc', '00dc-', '00dc'], 0],
  ['two that are empty at the end, with sound', ['00dc', '00dc-', '01wb', '00dc-', '01wb'], 2],
  ['pictures that are whole bitmaps', ['00db', '00db-'], 1],
  ['an empty one of another stream', ['00dc', '01wb-', '02dc-'], 0],
  ['more sound than is read at once', ['00dc', '00dc-', ...times(1000, '01wb'), '00dc-'], 2],
  ['no picture at all', ['00dc-', '00dc-'], 0],
  ['hours of nothing', ['00dc', ...times(100_300, '00dc-')], 0],
])('an index of %s', async (_, slots, empty) => {
  expect(await found(avi(slots))).toBe(empty);
});

it('the pictures of another stream are counted where it is asked for', async () => {
  expect(await found(avi(['00dc', '02dc', '02dc-']), 2)).toBe(1);
});

it('nothing is known of what is no AVI, has no index, is cut, or goes on', async () => {
  const whole = avi(['00dc', '00dc-']);
  expect(await found(Buffer.from('none'))).toBe(0);
  expect(await found(chunk('RIFF', Buffer.from('AVI ')))).toBe(0);
  expect(await found(whole.subarray(0, whole.length - 1))).toBe(0);
  expect(await found(Buffer.concat([whole, whole]))).toBe(0);
});
