import { expect, it } from 'vitest';
import { asRead, clipFacts, clipResult, jobResult } from '../../../../test/support/job-result.ts';
import { collectClips } from './collected-clips.ts';
import { otioOf } from './otio.ts';

interface Clip {
  name: string;
  source_range: object;
  media_references: Record<string, { available_range: object; target_url: string }>;
  active_media_reference_key: string;
  metadata: { 'watch-folder-runner': object };
}

/** The clips of a timeline of one clip with these facts. */
function clipsOf(facts: object): Clip[] {
  const clip = clipResult('A001', { facts: { ...clipFacts({}), ...facts } });
  const result = asRead(jobResult({ clips: [clip] }));
  const ended = [{ name: 'day.json', archive: 'completed' as const, result, request: null }];
  const timeline = JSON.parse(otioOf(collectClips({ coming: [], ended }).made)) as {
    tracks: { children: [{ children: Clip[] }] };
  };
  return timeline.tracks.children[0].children;
}

it.each([
  ['24000/1001', '10:00:00:00', 48, 2.002, 864_000, 48],
  ['30000/1001', '00:59:59;15', 30, 1.001, 107_877, 30],
  ['30000/1001', '00:59:59:15', 30, 1.001, 107_985, 30],
  ['60000/1001', '10:00:00;00', 120, 2.002, 2_157_840, 120],
  ['25/1', null, 25, 1, 0, 25],
  ['25/1', '23:59:59:24', 25, 1, 2_159_999, 25],
  // A phone's clip: 120 pictures that last as long as 143 of 30 frames a second.
  ['30/1', '10:00:00:00', 120, 4.767, 1_080_000, 143],
])('at %s frames a second, from %s, has %d frames', (frame_rate, timecode, count, ...rest) => {
  const [duration_seconds, value, length] = rest;
  const frames = { source: count, made: count, repeated: 0, dropped: 0 };
  const [clip] = clipsOf({ frame_rate, timecode, frames, duration_seconds });
  const [numerator = 0, denominator = 1] = frame_rate.split('/').map(Number);
  const time = { OTIO_SCHEMA: 'RationalTime.1', rate: numerator / denominator };
  const range = {
    OTIO_SCHEMA: 'TimeRange.1',
    start_time: { ...time, value },
    duration: { ...time, value: length },
  };
  expect(clip?.source_range).toEqual(range);
  const media = Object.values(clip?.media_references ?? {});
  expect(media.map(({ available_range }) => available_range)).toEqual([range, range]);
  expect(clip?.metadata['watch-folder-runner']).toMatchObject({
    timecode: timecode ?? '00:00:00:00',
    drop_frame: timecode?.includes(';') ?? false,
  });
});

it('leaves out a clip whose rate no timecode counts', () => {
  expect(clipsOf({ frame_rate: '19200/1' })).toEqual([]);
});
