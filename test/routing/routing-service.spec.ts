import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { stateOfSource } from '../../libs/storage/src/sources/source-state.ts';
import { makeSource } from '../support/media.ts';
import { createRouting } from '../support/routing.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const routing = createRouting();

describe('the sources of a job', () => {
  it('are probed one after the other, in their order', async () => {
    const names = ['c.mov', 'a.mov', 'b.mov'];
    const sources: string[] = [];
    for (const name of names) sources.push(await makeSource(folder.path, name, { frames: 1 }));
    const before = routing.probed().length;
    const { engine, reason, media } = await routing.route(sources);
    expect(routing.probed().slice(before)).toEqual(sources);
    expect({ engine, reason }).toEqual({
      engine: 'ffmpeg',
      reason: "Source codec 'h264' is decoded by FFmpeg",
    });
    expect(media).toHaveLength(3);
  });

  it('that vanish meanwhile are missing', async () => {
    const path = await makeSource(folder.path, 'gone.mov', { frames: 1 });
    const state = await stateOfSource(path);
    await rm(path);
    await expect(routing.service.route([state])).rejects.toMatchObject({
      type: 'MissingSourcesError',
      message: `Missing source files: ${path}`,
    });
  });

  it('are left alone once the job is stopped', async () => {
    const path = await makeSource(folder.path, 'stopped.mov', { frames: 1 });
    const stop = new Error('stopped');
    await expect(routing.route([path], AbortSignal.abort(stop))).rejects.toBe(stop);
    expect(routing.probed()).not.toContain(path);
  });
});
