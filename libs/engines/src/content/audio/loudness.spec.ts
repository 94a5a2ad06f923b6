import { expect, it } from 'vitest';
import { LoudnessReader } from './loudness.ts';

/** FFmpeg's output for a tenth of a second. */
const tenth = (all: string, peak: string) =>
  `frame:0 pts:0 pts_time:0\nlavfi.r128.M=-12.1\nlavfi.r128.I=${all}\nlavfi.r128.LRA=0.0\nlavfi.r128.true_peaks_ch0=9\nlavfi.r128.true_peak=${peak}\n`;

function heard(...chunks: string[]) {
  const reader = new LoudnessReader();
  for (const chunk of chunks) reader.take(Buffer.from(chunk));
  return reader.get();
}

it.each([
  ['what is told last', [tenth('-30.0', '0.100'), tenth('-20.260', '0.200')], -20.3, -14],
  [
    'also where a number comes in two parts',
    ['lavfi.r128.I=-2', '0.3\nlavfi.r128.true_peak=1.'],
    -20.3,
    0,
  ],
  ['of silence nothing', [tenth('-70.000', '0.000')], null, null],
])('the loudness of a track is %s', (_, chunks, integrated_lufs, true_peak_dbtp) => {
  expect(heard(...chunks)).toEqual({ integrated_lufs, true_peak_dbtp });
});

it('of a track of which FFmpeg tells nothing it is not known', () => {
  expect(heard()).toBeNull();
});
