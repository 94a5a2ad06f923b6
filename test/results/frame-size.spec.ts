/** @module-tag night */
import { beforeAll, describe, expect, it } from 'vitest';
import { useClips } from '../support/clips.ts';
import { proxyOf } from '../support/proxy.ts';
import { runOnce } from '../support/runner.ts';
import { useSharedWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({
  'even.mov': { frames: 2 },
  'odd.mov': { codec: 'png', width: 321, height: 181, frames: 2 },
  'tall.mov': { width: 180, height: 320, frames: 2 },
  'tiny.mov': { codec: 'png', width: 17, height: 19, frames: 2 },
  'two.mov': { codec: 'png', width: 3, height: 2, frames: 2 },
});
const folder = useSharedWatchFolder();

/** Source, wanted resolution, size of the proxy; `true` when a warning says that nothing is enlarged. */
const SIZES: [source: keyof typeof clips, resolution: string, size: string, warned?: boolean][] = [
  ['even.mov', 'same', '320x180'],
  ['even.mov', 'half', '160x90'],
  ['even.mov', 'quarter', '80x44'],
  ['even.mov', '160x160', '160x90'],
  ['even.mov', '320x180', '320x180'],
  ['even.mov', '1920x1080', '320x180', true],
  ['odd.mov', 'same', '320x180'],
  ['odd.mov', 'half', '160x90'],
  ['odd.mov', 'quarter', '80x44'],
  ['odd.mov', '101x101', '100x56'],
  ['odd.mov', '4096x4096', '320x180', true],
  ['tall.mov', '160x160', '90x160'],
  ['tall.mov', 'half', '90x160'],
  ['tiny.mov', 'same', '16x18'],
  ['two.mov', 'same', '2x2'],
];

beforeAll(async () => {
  for (const [source, resolution] of SIZES) {
    await folder().dropJob(`${source} ${resolution}.json`, {
      sources: [clips[source]],
      resolution,
      naming_template: '{source_name} {resolution}',
    });
  }
  for (const codec of ['h265', 'hevc'] as const) {
    const fields = { sources: [clips['tiny.mov']], codec, container: 'mp4' as const };
    await folder().dropJob(`${codec} half.json`, { ...fields, resolution: 'half' });
    const naming_template = `smallest-${codec}`;
    await folder().dropJob(`${codec} smallest.json`, { ...fields, naming_template });
  }
  await runOnce(folder(), { maxWorkers: 2 });
});

describe('a proxy', () => {
  it.each(SIZES)('of %s at %s has %s pixels', async (source, resolution, size, warned = false) => {
    const { clip, video } = await proxyOf(await folder().result(`${source} ${resolution}.json`));
    expect(`${video.width}x${video.height}`).toBe(size);
    expect(clip.warnings.some((warning) => warning.includes('not enlarged'))).toBe(warned);
  });
});

describe('a picture smaller than its codec', () => {
  it.each(['h265', 'hevc'])('of %s is a violation before work', async (codec) => {
    expect(await folder().result(`${codec} half.json`)).toMatchObject({
      failure_type: 'JobSpecValidationError',
      violations: [{ path: 'resolution', message: expect.stringContaining('16x16') }],
    });
    const smallest = await folder().result(`${codec} smallest.json`);
    expect(smallest.final_status).toBe('COMPLETED');
  });
});
