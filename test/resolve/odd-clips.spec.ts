/** @module-tag night */
import { describe, expect, it } from 'vitest';
import { makeUnknownMxf } from '../support/raw-fakes.ts';
import { pictureOf, useResolveJobs } from '../support/resolve-jobs.ts';

const { run, withJob } = useResolveJobs();

const FRAMES = Array.from(
  { length: 24 },
  (_, index) => `A.${String(index + 1).padStart(4, '0')}.ari`,
);
const EXPLICIT = { fps_mode: 'explicit', fps_explicit: 25, naming_template: 'A' };

describe.concurrent('frames without a rate of their own', () => {
  it.each([
    ['with a rate that is locked by media', {}],
    ['with a rate that is never locked', { fps_lock: false }],
  ])('become a proxy of the explicit rate, in a project %s', (_, knobs) =>
    withJob({ clip: { FPS: null }, ...knobs }, async (job) => {
      for (const name of FRAMES) await job.source(name);
      await job.submit({ sources: [job.path('')], fields: EXPLICIT });
      await job.start().exit();
      const result = await job.folder.result();
      const { video } = await pictureOf(result);
      expect(video).toMatchObject({ frameRate: '25/1', packets: { count: 24 } });
      expect(result.clips[0]?.resolve_job?.observed['project_of_rate']).toBeUndefined();
    }),
  );

  it('are refused without one, and what to do is said', () =>
    withJob({ clip: { FPS: null } }, async (job) => {
      for (const name of FRAMES) await job.source(name);
      await job.submit({ sources: [job.path('')] });
      await job.start().exit();
      expect((await job.folder.result()).failure_reason).toMatch(
        /finds no frame rate in its frames\. Set fps_mode to explicit/,
      );
      expect(await job.resolve.left()).toEqual([]);
    }));
});

describe.concurrent('frames in a Resolve without the rate that marks those without one', () => {
  const rates = ['24', '25', '30'];

  it.each([
    ['are refused where theirs may be the default', { clip: { FPS: null }, rates }, 'FAILED'],
    ['are made where it is another', { clip: { FPS: 25 }, rates }, 'COMPLETED'],
  ])('%s', (_, scenario, status) =>
    withJob(scenario, async (job) => {
      for (const name of FRAMES) await job.source(name);
      await job.submit({ sources: [job.path('')], fields: { naming_template: 'A' } });
      await job.start().exit();
      expect((await job.folder.result()).final_status).toBe(status);
    }),
  );
});

describe.concurrent('a clip', () => {
  it('without timecode begins at zero, and is checked for that', () =>
    run({ clip: { 'Start TC': '' } }, {}, async ({ result, clip }) => {
      expect(JSON.stringify((await pictureOf(result)).media)).toContain('00:00:00:00');
      expect(clip?.verification).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ check: 'start_timecode', passed: true }),
        ]),
      );
    }));

  it('of drop-frame timecode is so in a project that had its rate already', () =>
    run(
      { defaults: { timelineFrameRate: 29.97 }, clip: { FPS: 29.97, 'Start TC': '01:02:03;04' } },
      {},
      async ({ result }) => {
        expect(JSON.stringify((await pictureOf(result)).media)).toContain('01:02:03;04');
      },
    ));

  it('with a reel name and anamorphic pixels is warned of', () =>
    run({ clip: { 'Reel Name': 'A001', PAR: 'Cinemascope' } }, {}, ({ result, clip }) => {
      expect(result.final_status).toBe('COMPLETED');
      expect(clip?.warnings).toEqual([
        expect.stringContaining('The reel name A001'),
        expect.stringContaining('as Cinemascope'),
      ]);
    }));

  it.each([
    ['a stereo mix', '8', 'stereo', [2], /one track of 2/],
    ['all its channels', '8', 'channels', [8], /^$/],
    ['a track for each channel', '4', 'mono', [1, 1, 1, 1], /^$/],
    ['a stereo mix of one channel', '1', 'stereo', [2], /^$/],
  ])('of many channels says what came out: %s', (_, channels, sound, tracks, words) =>
    run({ clip: { 'Audio Ch': channels }, sound }, {}, ({ result, clip }) => {
      expect(result.final_status).toBe('COMPLETED');
      expect(clip?.resolve_job?.sound).toEqual({
        clip_channels: Number(channels),
        proxy_tracks: tracks,
      });
      expect(clip?.warnings.join()).toMatch(words);
    }),
  );

  it.each([
    ['that this Resolve can not decode', { clip: { Resolution: '' } }, "can't say how large"],
    ['that this Resolve does not import', { clip: null }, 'Resolve made 0 clips of'],
  ])('%s names the version that may', (_, scenario, words) =>
    run({ version: '19.1.3.7', ...scenario }, { sources: ['A001.nev'] }, ({ clip }) => {
      expect(clip?.failure_reason).toContain(words);
      expect(clip?.failure_reason).toContain('try the newest; this is 19.1.3.7');
    }),
  );
});

it('a folder of frames that Resolve does not import is told of by what the frames are', () =>
  withJob({ clip: null }, async (job) => {
    for (const number of [1, 2]) await job.source(`A.${number}.arx`);
    await job.submit({ sources: [job.path('')] });
    await job.start().exit();
    expect((await job.folder.result()).clips[0]?.failure_reason).toContain('ARRIRAW HDE');
  }));

describe.concurrent('what a Resolve lists is made', () => {
  it('as H.264 in Matroska, with sound that needs no AAC', () =>
    run({}, { fields: { codec: 'h264', container: 'mkv' } }, async ({ result, clip }) => {
      expect(result.final_status).toBe('COMPLETED');
      expect(clip?.resolve_job).toMatchObject({ format: 'mkv', codec: 'H264_NVIDIA' });
    }));

  it('as AV1, and without it refused with its list', async () => {
    const fields = { codec: 'av1', container: 'mkv' };
    await run({ av1: true }, { fields }, ({ clip }) => {
      expect(clip?.resolve_job).toMatchObject({ codec: 'AV1_NVIDIA' });
    });
    await run({}, { fields }, ({ clip }) => {
      expect(clip?.failure_reason).toContain('it has: H264_NVIDIA, H265_NVIDIA');
    });
  });

  it('in no size that it refuses', () =>
    run(
      { clip: { Resolution: '8192x4320' } },
      { fields: { codec: 'h264', container: 'mov' } },
      ({ clip }) => {
        expect(clip?.failure_reason).toMatch(
          /FormatWidth.*\(SETTINGS_REJECTED in phase settings\)\. Name a smaller resolution/,
        );
      },
    ));
});

describe.concurrent('a clip in MXF that Resolve does not import', () => {
  it.each([
    ['ARRICORE', 'ARRICORE needs Resolve 20.3.1; this is 19.1.3.7', '19.1.3.7'],
    ['X-OCN LT', 'Resolve should decode Sony X-OCN; this is 21.0.4.5', '21.0.4.5'],
    ['ARRIRAW of an ALEXA Mini', 'Resolve should decode ARRIRAW; this is 21.0.4.5', '21.0.4.5'],
  ] as const)('is told of by what its header says: %s', (labels, words, version) =>
    withJob({ clip: null, version }, async (job) => {
      await job.submit({ sources: [await makeUnknownMxf(job.base, 'A001C001.mxf', labels)] });
      await job.start().exit();
      expect((await job.folder.result()).clips[0]?.failure_reason).toContain(words);
    }),
  );
});
