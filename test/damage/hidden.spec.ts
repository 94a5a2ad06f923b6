import { readFile, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { makeSource } from '../support/media.ts';
import { runOnce } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const folder = useWatchFolder();

/** Overwrites bytes in the middle of one picture. */
async function damage(path: string, picture: number) {
  const show = '-v error -select_streams V:0 -show_entries packet=pos,size -of csv=p=0'.split(' ');
  const { stdout } = await execa('ffprobe', [...show, path]);
  const [size = 0, position = 0] = stdout.split('\n')[picture]?.split(',').map(Number) ?? [];
  const bytes = await readFile(path);
  const middle = position + Math.floor(size / 2);
  bytes.fill(0xfe, middle, middle + 64);
  await writeFile(path, bytes);
}

describe('damage inside of pictures, in a container that is sound', () => {
  it.each([
    ['mjpeg', 'FFmpeg exited with code', 'at frame 7 '],
    ['mpeg2', 'FFmpeg exited with code', 'at or soon after frame 6 '],
  ] as const)('of %s fails the clip, and the frame is named', async (codec, reason, where) => {
    const source = await makeSource(folder().beside('.'), 'a.mov', { codec, frames: 12 });
    await damage(source, 7);
    await folder().dropJob('a.json', { sources: [source] });
    await runOnce(folder());
    const [clip] = (await folder().result('a.json')).clips;
    expect(clip).toMatchObject({
      status: 'FAILED',
      failure_type: 'EngineError',
      failure_reason: expect.stringContaining(reason),
    });
    expect(clip?.warnings).toContainEqual(
      expect.stringContaining(`The decoder of the source reports errors ${where}`),
    );
  });
});
