import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { avchdPlaylist, p2Clip } from '../support/card-indexes.ts';
import { useClips } from '../support/clips.ts';
import { plan, planned } from '../support/plan.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const TINY = { width: 64, height: 36, frames: 3 } as const;
const clips = useClips({
  'a.mts': { ...TINY, container: 'mpegts' },
  'a.mxf': { ...TINY, codec: 'mpeg2' },
});
const folder = useWatchFolder();
let args: string[] = [];

beforeEach(() => {
  args = ['--output', folder().output, '--codec', 'h264'];
});

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const path = folder().beside(name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function copy(clip: keyof typeof clips, name: string): Promise<string> {
  const path = await put(name, '');
  await cp(clips[clip], path);
  return path;
}

describe('a shot of AVCHD', () => {
  it('is told by the playlists of the card', async () => {
    const streams: string[] = [];
    for (const name of ['00000', '00001', '00002'])
      streams.push(await copy('a.mts', `A/PRIVATE/AVCHD/BDMV/STREAM/${name}.MTS`));
    const items = ['00000', '00001', '00002'].map((clip) => ({ clip, goesOn: clip === '00002' }));
    await put('A/PRIVATE/AVCHD/BDMV/PLAYLIST/00000.MPL', avchdPlaylist(items));
    await put('A/PRIVATE/AVCHD/BDMV/PLAYLIST/00001.MPL', 'no playlist');
    const { exitCode, report } = await planned([folder().beside('A'), ...args]);
    expect(exitCode).toBe(0);
    expect(report.joined).toEqual(streams.slice(2));
  });
});

describe('a shot of P2', () => {
  const VIDEO = 'CONTENTS/VIDEO';
  const CLIP = 'CONTENTS/CLIP';

  it('is told by the clips of the cards that it lies on, in its order', async () => {
    await copy('a.mxf', `Z/${VIDEO}/0002CD.MXF`);
    const second = await copy('a.mxf', `A/${VIDEO}/0001AB.MXF`);
    await put(`Z/${CLIP}/0002CD.XML`, p2Clip('id1', 'id1', { next: 'id2' }));
    await put(`A/${CLIP}/0001AB.XML`, p2Clip('id2', 'id1', { previous: 'id1' }));
    const cards = ['A', 'Z'].map((name) => folder().beside(name));
    const { exitCode, report } = await planned([...cards, ...args]);
    expect(exitCode).toBe(0);
    expect(report.joined).toEqual([second]);
    const { stdout } = await plan([folder().beside('A'), ...args]);
    expect(stdout).toContain("by the camera's own list they go on from another: ");
  });

  it('is none where the card says nothing, or nothing that can be read', async () => {
    await copy('a.mxf', `A/${VIDEO}/0001AB.MXF`);
    await copy('a.mxf', `A/${VIDEO}/0002CD.MXF`);
    await copy('a.mxf', `A/${VIDEO}/0003EF.MXF`);
    await put(`A/${CLIP}/0001AB.XML`, p2Clip('id1', 'id1', {}));
    await put(`A/${CLIP}/0002CD.XML`, '<P2Main');
    const { exitCode, report } = await planned([folder().beside('A'), ...args]);
    expect(exitCode).toBe(0);
    expect(report.joined).toEqual([]);
  });
});
