import { describe, expect, it } from 'vitest';
import { asRead, check, clipResult, jobResult } from '../../../../../test/support/job-result.ts';
import { collectClips } from '../clips/collected-clips.ts';
import { aleLists } from './ale.ts';

const madeOf = (facts: Readonly<Record<string, unknown>>, name = 'A001C001') => {
  const verification = Object.entries(facts).map(([key, actual]) =>
    check({ check: key, expected: actual, actual }),
  );
  const result = asRead(jobResult({ clips: [clipResult(name, { verification })] }));
  return collectClips([{ name: 'day.json', result, asked: null }]).made;
};
const FACTS = {
  start_timecode: '01:00:00:00',
  frame_rate: '24000/1001',
  frame_count: 48,
  size: '1920x1080',
  audio_channels: [2, 1],
};

describe('an ALE', () => {
  it('has heading, columns and rows', () => {
    const { ales } = aleLists(madeOf(FACTS));
    expect(ales.map(({ rate }) => rate)).toEqual(['23.976']);
    const lines = ales[0]?.text.split('\n') ?? [];
    expect(lines.slice(0, 6)).toEqual([
      'Heading',
      'FIELD_DELIM\tTABS',
      'VIDEO_FORMAT\t1080',
      'AUDIO_FORMAT\t48khz',
      'FPS\t23.976',
      '',
    ]);
    expect(lines.at(-2)?.split('\t').slice(0, 5)).toEqual([
      'A001C001',
      'VA1A2A3',
      '01:00:00:00',
      '01:00:02:00',
      '23.976',
    ]);
  });

  it('begins at zero where there is no timecode', () => {
    const { ales } = aleLists(madeOf({ ...FACTS, start_timecode: null }));
    expect(ales[0]?.text).toContain('\t00:00:00:00\t00:00:02:00\t');
  });

  it.each([
    ['no rate', { frame_rate: null }],
    ['no length', { frame_count: null }],
    ['a timecode of another rate', { start_timecode: '01:00:00:24' }],
  ])('leaves out a clip with %s, and says so', (_name, facts) => {
    const { ales, leftOut } = aleLists(madeOf({ ...FACTS, ...facts }));
    expect(ales).toEqual([]);
    expect(leftOut).toEqual([
      "/proxies/day01/A001C001_proxy.mov is not in the ALE: its result doesn't tell rate, length or timecode.",
    ]);
  });

  it('keeps a name with a tab in its cell', () => {
    const { ales } = aleLists(madeOf(FACTS, 'A\tB'));
    const rows = ales[0]?.text.split('\n') ?? [];
    expect(rows.at(-2)?.split('\t')).toHaveLength(rows[7]?.split('\t').length ?? 0);
  });
});
