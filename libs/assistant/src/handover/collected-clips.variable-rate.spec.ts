import { expect, it } from 'vitest';
import { asRead, clipFacts, clipResult, jobResult } from '../../../../test/support/job-result.ts';
import { collectClips } from './collected-clips.ts';
import { fcpxmlOf } from './fcpxml.ts';
import { aleLists } from './ale.ts';
import { madeRow } from './table.ts';

/** A phone's clip: 120 pictures that last as long as 143 of 30 frames a second. */
const FACTS = clipFacts({
  timecode: '10:00:00:00',
  frame_rate: '30/1',
  frames: { source: 120, made: 120, repeated: 0, dropped: 0 },
  duration_seconds: 4.767,
});
const result = asRead(jobResult({ clips: [clipResult('IMG_1', { facts: FACTS })] }));
const { made } = collectClips({
  coming: [],
  ended: [{ name: 'day.json', archive: 'completed', result, request: null }],
});

it('a proxy of a variable rate ends in every list when its last picture does', () => {
  const ale = aleLists(made).ales[0]?.text.split('\n').at(-2);
  expect(ale?.split('\t').slice(2, 5)).toEqual(['10:00:00:00', '10:00:04:23', '30']);
  expect(made.map((clip) => madeRow(clip))).toMatchObject([{ end: '10:00:04:23', frames: '120' }]);
  const fcpxml = fcpxmlOf(made);
  expect(fcpxml.match(/ duration="[^"]*"/g)).toEqual([
    ' duration="143/30s"',
    ' duration="143/30s"',
  ]);
});

it.each([
  ['1/1', 'frameDuration="1/1s"'],
  ['19200/1', null],
])('of %s frames a second, the FCPXML has %s', async (frame_rate, wanted) => {
  const facts = { ...FACTS, timecode: null, frame_rate };
  const one = asRead(jobResult({ clips: [clipResult('IMG_2', { facts })] }));
  const clips = collectClips({
    coming: [],
    ended: [{ name: 'day.json', archive: 'completed', result: one, request: null }],
  }).made;
  const fcpxml = fcpxmlOf(clips);
  expect(/frameDuration="[^"]*"/.exec(fcpxml)?.[0] ?? null).toBe(wanted);
});

it('originals have one format where size and rate are the same, and else each its own', () => {
  const kinds = [
    ['1920x1080', '24/1'],
    ['1920x1440', '24/1'],
    ['1280x1080', '24/1'],
    ['1920x1080', '25/1'],
    ['1920x1080', '24/1'],
    [null, '24/1'],
  ] as const;
  const clips = kinds.map(([source_size, frame_rate], n) => {
    const facts = { ...FACTS, frame_rate, ...(source_size !== null && { source_size }) };
    return clipResult(`IMG_${n}`, { facts });
  });
  const several = asRead(jobResult({ clips }));
  const fcpxml = fcpxmlOf(
    collectClips({
      coming: [],
      ended: [{ name: 'day.json', archive: 'completed', result: several, request: null }],
    }).made,
  );
  const formats = [...fcpxml.matchAll(/<format id="(\w+)" [^>]*>/g)].map(([element]) => element);
  expect(formats).toHaveLength(5);
  expect(new Set(formats.map((one) => one.replace(/id="\w+"/, ''))).size).toBe(5);
  const used = [...fcpxml.matchAll(/<asset-clip [^>]*format="(\w+)"/g)].map(([, id]) => id);
  expect(used).toEqual(['f1', 'f2', 'f3', 'f4', 'f1', 'f5']);
});
