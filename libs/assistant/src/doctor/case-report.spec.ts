import { JobFailure } from '@app/jobspec';
import { describe, expect, it } from 'vitest';
import { anonymous, caseLines, type CaseResult } from './case-report.ts';
import { renderCases, type CaseName } from './render-cases.ts';
import { summaryLines } from './render-summary.ts';

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

it.each(['PROJECT_OPEN', 'RESOLVE_BUSY', 'PROJECT_CREATE'])(
  'a report names no project, however the driver words it: %s',
  (code) => {
    expect(anonymous(failure(code))).toBe(`${code} in phase project. Save it.`);
  },
);

it('a report has the whole sentence of any other failure', () => {
  expect(anonymous(failure('RENDER_FAILED'))).toBe(failure('RENDER_FAILED').message);
});

it('a report names neither the clip of a user, nor its reel, nor its timecodes', () => {
  const lines = caseLines(resultOf('own')).join('\n');
  expect(lines).not.toMatch(/A001|C002|B007|19:37/);
  expect(lines).toContain('"Reel Name":"<name>","Start TC":"<timecode>"');
  expect(lines).toContain('The reel name <name> is not in the proxy');
});

it('a report says of the clip of a user whether it has a reel and a timecode', () => {
  const result = resultOf('own');
  const clip = { ...CLIP, 'Reel Name': '', 'Start TC': '00:00:00:00' };
  Object.assign(result.outcome.resolve_job ?? {}, { clip });
  expect(caseLines({ ...result, ownPath: '/x/A.braw' }).join()).toContain(
    '"Reel Name":"","Start TC":"00:00:00:00"',
  );
});

it('a damaged clip that is found out is told as that, without advice', () => {
  const lines = caseLines(resultOf('damaged', { failure: failure('RENDER_FAILED') }));
  expect(lines[1]).toMatch(/^failed, as it should: The project/);
  expect(lines.join('\n')).not.toMatch(/FAILED|failure|Save it/);
  expect(caseLines(resultOf('damaged'))[1]).toMatch(/^NOT as asked: it passed although/);
});

it.each(['RESOLVE_HUNG', 'RENDER_PATH', 'RENDER_STALLED'] as const)(
  'a clip that has to fail does not pass by what has nothing to do with it: %s',
  (code) => {
    for (const name of ['damaged', 'cancelled'] as const) {
      const [, end] = caseLines(resultOf(name, { failure: failure(code) }));
      expect(end).toContain(`NOT as asked: ${failure(code).message}`);
    }
  },
);

it('a report has what was written last where a clip failed, and only there', () => {
  const stderr = ['begin', ...Array.from({ length: 50 }, () => 'noise'), 'in _import'].join('\n');
  const failed = caseLines(resultOf('own', { failure: failure('API_ERROR'), stderr }));
  expect(failed.at(-1)).toBe('in _import');
  expect(failed).not.toContain('begin');
  expect(caseLines(resultOf('own', { stderr })).at(-1)).toBe('refused_settings: []');
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
      ['mp4'],
    ],
    [
      `no: ${failure('RENDER_FAILED').message}`,
      but(resultOf('own', { failure: failure('RENDER_FAILED') })),
      [],
    ],
    ['not known: your camera RAW: not tried', good.filter(({ name }) => name !== 'own'), []],
  ] as const)('%s', (verdict, results, impossible) => {
    expect(summaryLines([...results], [...impossible])[0]).toBe(`Ready for camera RAW: ${verdict}`);
  });

  it('which is not "yes" before anything was made', () => {
    expect(summaryLines([], [])[0]).toMatch(/^Ready for camera RAW: not known: /);
    const hung = resultOf('plain', { failure: failure('RESOLVE_HUNG') });
    expect(summaryLines([hung], [])[0]).toBe(
      `Ready for camera RAW: no: ${hung.outcome.failure?.message}`,
    );
  });

  it('without what names the clip of a user', () => {
    const said = 'Resolve made 0 clips of A001_C002.braw, from 19:37:31:16 on, reel B007.';
    const why = new JobFailure('resolve_refuses_clip', { path: '/x', why: said });
    expect(summaryLines(but(resultOf('own', { failure: why })), [])[0]).not.toMatch(
      /A001|19:37|B007/,
    );
  });

  it('and says nothing of what no clip came to, but what was seen until then', () => {
    const hung = resultOf('plain', { failure: failure('RESOLVE_HUNG') });
    Object.assign(hung.outcome.resolve_job ?? {}, {
      observed: { rate_locked: true },
      refused_settings: ['superScale'],
    });
    const lines = summaryLines([hung], []);
    expect(lines.join('\n')).toMatch(/rate of a clip that is in it: no,/);
    expect(lines).toContain('all settings of project and render are kept: NO (see plain)');
    expect(lines).toContain('it can be saved: not tried');
    expect(lines).toContain('a render is queued at the first try: not tried');
  });

  it('and tells what the runner copes with apart from what is needed', () => {
    const locked = resultOf('first');
    Object.assign(locked.outcome.resolve_job ?? {}, { observed: { rate_locked: true } });
    const lines = summaryLines(but(locked), []);
    expect(lines[0]).toBe('Ready for camera RAW: yes');
    expect(lines).toContain(
      'a project takes the rate of a clip that is in it: no, and the runner copes (see first)',
    );
  });
});
