import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { lookAtSource } from '../../apps/runner/src/sources/source-look.ts';
import { makeClip } from '../support/media.ts';
import { makeTaggedMov } from '../support/raw-fakes.ts';
import { createRouting } from '../support/routing.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const routing = createRouting();

describe('the sources of a job', () => {
  it('are probed one after the other, in their order', async () => {
    const names = ['c.mov', 'a.mov', 'b.mov'];
    const sources: string[] = [];
    for (const name of names) sources.push(await makeClip(folder.path, name, { frames: 1 }));
    const before = routing.probed().length;
    const { engine, reason, media } = await routing.route(sources);
    expect(routing.probed().slice(before)).toEqual(sources);
    expect({ engine, reason }).toEqual({
      engine: 'ffmpeg',
      reason: "Source codec 'h264' is decoded by FFmpeg",
    });
    expect(media).toHaveLength(3);
  });

  it('of both kinds are refused with the count of each', async () => {
    const raw = await makeTaggedMov(folder.path, 'raw.braw', 'brvl');
    const clip = await makeClip(folder.path, 'clip.mov', { frames: 1 });
    await expect(routing.route([raw, clip, clip])).rejects.toMatchObject({
      type: 'MixedEngineError',
      message:
        'Job contains sources requiring different engines. FFmpeg sources: 2, Resolve sources: 1. ' +
        `Split into separate jobs or transcode RAW files to an intermediate codec. For FFmpeg: ${clip}, ${clip}. For Resolve: ${raw}`,
    });
  });

  it('that are unsupported are all named, before engines are compared', async () => {
    const sources = [
      await makeTaggedMov(folder.path, 'other.braw', 'brvl'),
      await makeClip(folder.path, 'a.wav', { codec: null, audioTracks: [1] }),
      await makeClip(folder.path, 'clip-too.mov', { frames: 1 }),
      await makeClip(folder.path, 'b.png', { codec: 'png', frames: 1 }),
    ];
    await expect(routing.route(sources)).rejects.toMatchObject({
      type: 'UnsupportedFormatError',
      message:
        `Unsupported format: ${sources[1]} is WAV and has no video, only audio. Name a source with video. ` +
        `${sources[3]} is, by its extension, a still image and not a clip. Make a clip of it first.`,
    });
  });

  it('that vanish meanwhile are missing', async () => {
    const path = await makeClip(folder.path, 'gone.mov', { frames: 1 });
    const look = await lookAtSource(path);
    await rm(path);
    await expect(routing.service.route([look])).rejects.toMatchObject({
      type: 'MissingSourcesError',
      message: `Missing source files: ${path}`,
    });
  });

  it('are left alone once the job is stopped', async () => {
    const path = await makeClip(folder.path, 'stopped.mov', { frames: 1 });
    const stop = new Error('stopped');
    await expect(routing.route([path], AbortSignal.abort(stop))).rejects.toBe(stop);
    expect(routing.probed()).not.toContain(path);
  });
});
