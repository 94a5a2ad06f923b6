import { describe, expect, it } from 'vitest';
import { asRead, clipFacts, clipResult, jobResult } from '../../../../test/support/job-result.ts';
import { collectClips } from './collected-clips.ts';
import type { JobCdl, Viewing } from '@app/jobspec';
import type { ClipFacts } from '@app/jobspec/result';
import { aleLists } from './ale.ts';
import { madeRow } from './table.ts';

const madeOf = (facts: ClipFacts, name = 'A001C001') => {
  const result = asRead(jobResult({ clips: [clipResult(name, { facts })] }));
  return collectClips({
    coming: [],
    ended: [{ name: 'day.json', archive: 'completed', result, request: null }],
  }).made;
};
const FACTS = clipFacts({
  timecode: '01:00:00:00',
  frame_rate: '24000/1001',
  frames: { source: 48, made: 48, repeated: 0, dropped: 0 },
  size: '1920x1080',
  audio_channels: [2, 1],
  duration_seconds: null,
});

describe('an ALE of proxies with a look', () => {
  it('repeats the CDL of each in the ASC’s words, and names its LUT', () => {
    const cdl: JobCdl = {
      slope: [1.1, 1, 0.9],
      offset: [0, -0.01, 0],
      power: [1, 1, 1.2],
      saturation: 0.8,
    };
    const lut = { path: '/show/LogC3_709.cube', sha256: 'a'.repeat(64) };
    const viewing: Viewing = {
      look: { cdl: [null, cdl], lut, lut_range: 'video', becomes: 'bt709' },
    };
    const asked = { codec: 'h264', container: 'mp4', resolution: 'half', viewing };
    const clips = ['A', 'B'].map((name) => clipResult(name, { facts: FACTS }));
    const result = asRead(jobResult({ clips, _metadata: { asked } }));
    const { made } = collectClips({
      coming: [],
      ended: [{ name: 'day.json', archive: 'completed', result, request: null }],
    });
    const lines = aleLists(made).ales[0]?.text.split('\n') ?? [];
    const columns = lines.find((line) => line.startsWith('Name\t'))?.split('\t') ?? [];
    const last = (line = '') => line.split('\t').slice(columns.indexOf('ASC_SOP'));
    expect(last(lines.at(-3))).toEqual(['', '', 'LogC3_709.cube']);
    expect(last(lines.at(-2))).toEqual([
      '(1.1 1.0 0.9)(0.0 -0.01 0.0)(1.0 1.0 1.2)',
      '0.8',
      'LogC3_709.cube',
    ]);
    expect(madeRow(made[1] as (typeof made)[number]).look).toBe('CDL, LogC3_709.cube');
  });
});

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
    const { ales } = aleLists(madeOf({ ...FACTS, timecode: null }));
    expect(ales[0]?.text).toContain('\t00:00:00:00\t00:00:02:00\t');
  });

  it.each([
    ['no rate', { frame_rate: null }],
    ['the clock of its file for a rate', { frame_rate: '19200/1' }],
    ['no length', { frames: { source: null, made: null, repeated: null, dropped: null } }],
    ['a timecode of another rate', { timecode: '01:00:00:24' }],
  ])('leaves out a clip with %s, and says so', (_name, facts) => {
    const { ales, problems } = aleLists(madeOf({ ...FACTS, ...facts }));
    expect(ales).toEqual([]);
    expect(problems).toEqual([
      "/proxies/day01/A001C001_proxy.mov is in no ALE, FCPXML or OTIO: its rate, length or timecode is missing or can't be listed.",
    ]);
  });

  it.each(['A\tB', 'A\nB', 'A\u2028B', 'A\u2029B', 'A\u0085B', 'A\vB', 'A\u001CB'])(
    'keeps %j in its cell and its line, whatever a reader ends one at',
    (name) => {
      const { ales } = aleLists(madeOf(FACTS, name));
      const rows = ales[0]?.text.split(/\r\n|[\n\v\f\r\u001C-\u001E\u0085\u2028\u2029]/) ?? [];
      expect(rows).toHaveLength(12);
      expect(rows.at(-2)?.split('\t')).toHaveLength(rows[7]?.split('\t').length ?? 0);
    },
  );
});
