import { beforeAll, describe, expect, it } from 'vitest';
import { useClips } from '../support/clips.ts';
import type { JobFields } from '../support/job-spec.ts';
import { proxyOf } from '../support/proxy.ts';
import { runOnce } from '../support/runner.ts';
import { useSharedWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({
  'film.mov': { rate: '24000/1001', frames: 12 },
  'pal.mov': { rate: '25', frames: 12 },
});
const folder = useSharedWatchFolder();

/** Source, wanted rate, rate of the proxy and its frames: the source's length at that rate, to the nearest frame. */
const RATES: [source: keyof typeof clips, wanted: number | null, rate: string, frames: number][] = [
  ['film.mov', null, '24000/1001', 12],
  ['film.mov', 23.976, '24000/1001', 12],
  ['film.mov', 25, '25/1', 13],
  ['pal.mov', 25, '25/1', 12],
  ['pal.mov', 50, '50/1', 24],
  ['pal.mov', 12.5, '25/2', 6],
  ['pal.mov', 29.97, '30000/1001', 14],
];

/** Rates beside the ones that containers and ffprobe round to. */
const ODD_RATES = [25.01, 24.999, 119.9, 33.333, 66.667, 333.33];
const CONTAINERS = ['mov', 'mp4', 'mkv'];
const ODD = ODD_RATES.flatMap((rate) => CONTAINERS.map((container) => [rate, container] as const));

/** Refused rates: what MXF can't hold is a violation before work. */
const REFUSED: Record<string, JobFields> = {
  'a rate that MXF does not know': { fps_explicit: 12.5 },
  'an absurd rate': { fps_explicit: 1e300 },
};

beforeAll(async () => {
  for (const [source, wanted] of RATES) {
    await folder().dropJob(`${source} ${wanted}.json`, {
      sources: [clips[source]],
      ...(wanted === null ? {} : { fps_mode: 'explicit', fps_explicit: wanted }),
      naming_template: `{source_name} ${wanted}`,
    });
  }
  for (const [rate, container] of ODD) {
    await folder().dropJob(`odd ${rate} ${container}.json`, {
      sources: [clips['pal.mov']],
      codec: 'h264',
      container,
      fps_mode: 'explicit',
      fps_explicit: rate,
      naming_template: `odd ${rate}`,
    });
  }
  for (const [name, fields] of Object.entries(REFUSED)) {
    await folder().dropJob(`${name}.json`, {
      sources: [clips['pal.mov']],
      fps_mode: 'explicit',
      codec: 'dnxhr',
      container: 'mxf',
      ...fields,
    });
  }
  await runOnce(folder(), { maxWorkers: 2 });
});

describe('a proxy', () => {
  it.each(RATES)('of %s at %s has %s, %i frames', async (source, wanted, rate, frames) => {
    const { video } = await proxyOf(await folder().result(`${source} ${wanted}.json`));
    expect(video).toMatchObject({ averageFrameRate: rate, packets: { count: frames } });
  });
});

describe('an odd rate', () => {
  it.each(ODD)('of %d in %s is made and verified', async (rate, container) => {
    const { final_status, clips } = await folder().result(`odd ${rate} ${container}.json`);
    const check = clips[0]?.verification.find(({ check }) => check === 'frame_rate');
    expect([final_status, check?.passed]).toEqual(['COMPLETED', true]);
  });
});

describe('a rate that can not be', () => {
  it.each(Object.keys(REFUSED))('is a violation before work: %s', async (name) => {
    expect(await folder().result(`${name}.json`)).toMatchObject({
      final_status: 'PARTIAL',
      failure_type: 'JobSpecValidationError',
      violations: [{ path: 'fps_explicit' }],
    });
  });
});
