/** @module-tag night */
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { pictureOf, useResolveJobs, type Ended } from '../support/resolve-jobs.ts';

const { run } = useResolveJobs();

/** Where the stand-in's picture has its marks, as parts of width and height, and their colours. */
const CORNERS = [
  ['red', 0.05, 0.05],
  ['green', 0.95, 0.05],
  ['blue', 0.05, 0.95],
  ['yellow', 0.95, 0.95],
] as const;

/** The colours of the four corners of a proxy's first frame. */
async function corners({ clip }: Ended, width: number, height: number): Promise<string[]> {
  const path = `file:${clip?.resolved_output_path}`;
  const output = ['-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'];
  const { stdout } = await execa('ffmpeg', ['-v', 'error', '-i', path, ...output], {
    encoding: 'buffer',
  });
  return CORNERS.map(([, x, y]) => {
    const at = (Math.floor(y * height) * width + Math.floor(x * width)) * 3;
    return nameOf([...stdout.subarray(at, at + 3)]);
  });
}

function nameOf([r = 0, g = 0, b = 0]: number[]): string {
  const name = [r > 128 && 'r', g > 128 && 'g', b > 128 && 'b'].filter(Boolean).join('');
  return { r: 'red', g: 'green', b: 'blue', rg: 'yellow' }[name] ?? 'none';
}

const WHOLE = CORNERS.map(([colour]) => colour);

/** Defaults that somebody has saved in Resolve; each would spoil the picture, and the checks of size and length not notice. */
const DEFAULTS = {
  timelineOutputResMismatchBehavior: 'scaleToCrop',
  timelineOutputResMatchTimelineRes: '0',
  timelinePixelAspectRatio: 'cinemascope',
  timelineInterlaceProcessing: '1',
  superScale: 2,
};

describe.concurrent('a project default that', () => {
  it.each(['scaleToCrop', 'centerCrop'])('spoils pictures gets into no proxy: %s', (behaviour) => {
    const defaults = { ...DEFAULTS, timelineInputResMismatchBehavior: behaviour };
    return run({ defaults }, { fields: { resolution: 'half' } }, async (ended) => {
      expect(ended.clip?.warnings).toEqual([]);
      expect(await corners(ended, 320, 180)).toEqual(WHOLE);
      const settings = ended.clip?.resolve_job?.project_settings ?? {};
      for (const [name, { set, read, answer }] of Object.entries(settings))
        expect([name, String(read), answer]).toEqual([name, set, name !== 'timelineFrameRate']);
    });
  });

  it('is not asked for is told too: rate, size, start, mode, format and codec', () =>
    run({}, {}, ({ clip }) => {
      expect(clip?.resolve_job?.project_settings).toMatchObject({
        timelineFrameRate: { set: '24', read: 24 },
        timelineResolutionWidth: { set: '640', read: '640', answer: true },
        timelineResolutionHeight: { set: '360', read: '360', answer: true },
        startTimecode: { set: '19:37:31:16', read: '19:37:31:16', answer: true },
        renderMode: { set: '1', read: 1, answer: true },
        renderFormat: { set: 'mov', read: 'mov', answer: true },
        renderCodec: { set: 'DNxHRLB', read: 'DNxHRLB', answer: true },
      });
      expect(clip?.resolve_job?.refused_settings).toEqual([]);
    }));

  it('is refused to be changed is a warning with what it is, and stands in the result', () => {
    const name = 'timelineInputResMismatchBehavior';
    const scenario = { defaults: { [name]: 'stretch' }, reject_settings: [name] };
    return run(scenario, {}, ({ result, clip }) => {
      expect(result.final_status).toBe('COMPLETED');
      expect(clip?.warnings).toEqual([
        `Resolve refuses the project settings ${name} (is stretch).`,
      ]);
      expect(clip?.resolve_job).toMatchObject({
        refused_settings: [name],
        project_settings: { [name]: { set: 'scaleToFit', read: 'stretch', answer: false } },
      });
    });
  });

  it('is said to be changed and is not is the same warning', () =>
    run({ deaf_settings: ['timelinePixelAspectRatio'] }, {}, ({ clip }) => {
      expect(clip?.warnings).toEqual([
        'Resolve refuses the project settings timelinePixelAspectRatio (is deaf).',
      ]);
      expect(clip?.resolve_job?.refused_settings).toEqual(['timelinePixelAspectRatio']);
    }));
});

describe.concurrent('a picture that is higher than wide', () => {
  const clip = { Resolution: '360x640' };

  it('has none of the defaults on a timeline of its own', () =>
    run(
      { clip, defaults: { timelineInputResMismatchBehavior: 'scaleToCrop' } },
      {},
      async (ended) => {
        expect((await pictureOf(ended.result)).video).toMatchObject({ width: 360, height: 640 });
        expect(await corners(ended, 360, 640)).toEqual(WHOLE);
        expect(ended.clip?.resolve_job?.observed['size_by_timeline']).toBe(true);
      },
    ));
});

describe.concurrent('a picture that Resolve can not read', () => {
  it('is found out by looking at it, whatever Resolve calls it', () =>
    run({ locale: 'ja', clip: { 'Online Status': 'Offline', PAR: '' } }, {}, ({ clip }) => {
      expect(clip).toMatchObject({ status: 'FAILED', failure_type: 'OutputVerificationError' });
      expect(clip?.failure_reason).toContain("it shows Resolve's red card for media that it can't");
      expect(clip?.failure_reason).toContain(
        'Resolve should decode Blackmagic RAW; this is 21.0.4.5',
      );
      expect(clip?.verification.at(-1)).toMatchObject({ check: 'media_online', passed: false });
    }));
});
