import { JobFailure } from '@app/jobspec';
import { describe, expect, it } from 'vitest';
import { caseFacts, faultOf, verdictOf, type CaseResult } from './case-report.ts';
import { renderCases, type CaseName } from './render-cases.ts';

const CLIP = { Format: 'BRAW', 'Reel Name': 'B007', 'Start TC': '19:37:31:16', 'Audio Ch': '4' };

/** A result of a case, by default as it was asked for. */
function resultOf(
  name: CaseName,
  { failure = null, proxy = 4, stderr = null }: Partial<Came> = {},
): CaseResult {
  const clip = new Map(renderCases(true)).get(name);
  if (clip === undefined) throw new Error(`no case ${name}`);
  const job = {
    timeline: { width: 640, height: 360, rate: '24', startTimecode: '19:37:31;16' },
    codec: 'DNxHRLB',
    clip: CLIP,
    sound: { clip_channels: 4, proxy_tracks: [proxy] },
    colour: { colorScienceMode: 'davinciYRGB' },
    observed: name === 'cancelled' ? { stop_seconds: 1 } : {},
    refused_settings: [],
  };
  const warnings = [
    'The reel name B007 is not in the proxy.',
    'It is developed by A001_C002.sidecar.',
  ];
  const verification = [{ check: 'frame_count', expected: 75, actual: 67, passed: !failure }];
  const outcome = {
    resolve_job: job,
    warnings,
    verification,
    failure,
    stderr,
  } as unknown as CaseResult['outcome'];
  const ownPath = name === 'own' ? '/Secret/A001_C002.braw' : null;
  return { name, clip, ownPath, outcome, likeness: 0.99, seconds: 1 };
}

interface Came {
  failure: JobFailure | null;
  /** Channels. */
  proxy: number;
  stderr: string | null;
}

const failure = (driver_code: string) =>
  new JobFailure('resolve_failed', {
    driver_code,
    phase: 'project',
    said: 'The project Secret film is open in Resolve.',
    hint: 'Save it.',
  });

const factsOf = (result: CaseResult) => caseFacts(result) as Record<string, unknown>;

it('a damaged clip that is found out is told as that', () => {
  const found = factsOf(resultOf('damaged', { failure: failure('RENDER_FAILED') }));
  expect(found).toMatchObject({ fault: null, failed: failure('RENDER_FAILED').message });
  expect(faultOf(resultOf('damaged'))).toMatch(/^it passed although/);
});

it.each(['RESOLVE_HUNG', 'RENDER_PATH', 'RENDER_STALLED'] as const)(
  'a clip that has to fail does not pass by what has nothing to do with it: %s',
  (code) => {
    for (const name of ['damaged', 'cancelled'] as const)
      expect(faultOf(resultOf(name, { failure: failure(code) }))).toBe(failure(code).message);
  },
);

it('a report has what was written last where a clip failed, and only there', () => {
  const stderr = ['begin', ...Array.from({ length: 50 }, () => 'noise'), 'in _import'].join('\n');
  const failed = factsOf(resultOf('own', { failure: failure('API_ERROR'), stderr }));
  expect(failed['stderr']).toHaveLength(40);
  expect((failed['stderr'] as string[]).at(-1)).toBe('in _import');
  expect(factsOf(resultOf('own', { stderr }))['stderr']).toEqual([]);
});

describe('a report begins with a verdict', () => {
  const names = renderCases(true).map(([name]) => name);
  const good = names.map((name) => {
    const code = { cancelled: 'CANCELLED', damaged: 'RENDER_FAILED' }[name as string];
    return resultOf(name, code === undefined ? {} : { failure: failure(code) });
  });
  const but = (...others: CaseResult[]) => [
    ...good.filter(({ name }) => others.every((other) => other.name !== name)),
    ...others,
  ];

  it.each([
    ['yes', good, []],
    [
      'yes, except 8 channels in one file: you get 2 of 4 channels',
      but(resultOf('eight', { proxy: 2 })),
      [],
    ],
    [
      'yes, except H.264 in MP4 with timecode: not possible on this system',
      good.filter(({ name }) => name !== 'mp4'),
      ['H.264 in MP4 with timecode: not possible on this system'],
    ],
    [
      `no: ${failure('RENDER_FAILED').message}`,
      but(resultOf('own', { failure: failure('RENDER_FAILED') })),
      [],
    ],
    ['not known: none was named', good.filter(({ name }) => name !== 'own'), ['none was named']],
  ] as const)('%s', (verdict, results, lacking) => {
    expect(verdictOf([...results], [...lacking])).toBe(`Ready for camera RAW: ${verdict}`);
  });

  it('which is not "yes" before anything was made', () => {
    expect(verdictOf([], ['nothing'])).toBe('Ready for camera RAW: not known: nothing');
    const hung = resultOf('plain', { failure: failure('RESOLVE_HUNG') });
    expect(verdictOf([hung], [])).toBe(
      `Ready for camera RAW: no: ${hung.outcome.failure?.message}`,
    );
  });
});
