import { beforeAll, describe, expect, it } from 'vitest';
import { useClips } from '../support/clips.ts';
import type { JobFields } from '../support/job-spec.ts';
import { runOnce } from '../support/runner.ts';
import { useSharedWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({
  'pal.mov': { rate: '25', frames: 12 },
});
const folder = useSharedWatchFolder();

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
