import { expect, it } from 'vitest';
import { soundPaces, soundPaceWarnings } from './sound-pace.ts';

const line = (number: number) => `[Eval @ 0x7f10] [warning] ${number}.000000`;

it('of each track the last difference counts, with its sign', () => {
  const stderr = [
    line(2_000_101_001_250),
    line(5_000_450_003_100),
    '[h264 @ 0x5] [warning] bad',
    line(2_000_584_007_990),
  ].join('\n');
  expect(soundPaces(stderr)).toEqual([
    { position: 0, surplusSeconds: 0.584, seconds: 7.99 },
    { position: 1, surplusSeconds: -0.45, seconds: 3.1 },
  ]);
});

it('nothing is said of tracks whose samples and times agree', () => {
  expect(soundPaceWarnings([], '[h264 @ 0x5] [warning] bad')).toEqual([]);
});
