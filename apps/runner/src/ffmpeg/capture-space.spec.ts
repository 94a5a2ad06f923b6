import { afterEach, expect, it } from 'vitest';
import { watch } from '../../../../test/support/refusals.ts';
import { CaptureSpace } from './reference-capture.ts';

/** Space kept free on a large file system. */
const KEPT = 1024 * 1024;

const taken: CaptureSpace[] = [];
afterEach(() => taken.splice(0).forEach((space) => space.end()));

/** Takes room where so many bytes are free beyond what is kept. @returns whether there was as much. */
async function take(needs: number, free: number, directory = '/scratch') {
  watch('statfs', async () => ({ bsize: 1, bavail: KEPT + free, blocks: 1e12 }));
  const space = await CaptureSpace.take(directory, needs);
  if (space !== null) taken.push(space);
  return space;
}

it('a clip gets room for what it needs, and none for a byte more', async () => {
  expect(await take(100, 99)).toBeNull();
  expect(await take(100, 100)).not.toBeNull();
});

it('what others still need is not given twice, and what they have written is not asked for again', async () => {
  const first = await take(60, 100);
  expect(await take(41, 100)).toBeNull();
  expect(await take(40, 100)).not.toBeNull();
  taken.pop()?.end();
  first?.grow(50);
  // 50 of 100 bytes are written by now.
  expect(await take(41, 50)).toBeNull();
  expect(await take(40, 50)).not.toBeNull();
  taken.pop()?.end();
  first?.grow(80);
  expect(await take(20, 20)).not.toBeNull();
  expect(await take(100, 100, '/elsewhere')).not.toBeNull();
});

it('what a clip had is given to others once it has ended', async () => {
  (await take(100, 100))?.end();
  expect(await take(100, 100)).not.toBeNull();
});

it('a clip that goes on gets what it needs, or half of what was free', async () => {
  const known = await take(80, 100);
  known?.grow(80);
  known?.check();
  known?.grow(81);
  expect(() => known?.check()).toThrow('/scratch');
  known?.end();
  const unknown = await take(0, 100);
  unknown?.grow(50);
  unknown?.check();
  unknown?.grow(51);
  expect(() => unknown?.check()).toThrow('/scratch');
});
