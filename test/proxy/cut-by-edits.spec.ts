import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProxyRequest } from '@app/engines';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { filterFiles } from '../../libs/engines/src/ffmpeg/burn-in-graph.ts';
import { writeTables } from '../../apps/runner/src/ffmpeg/look-files.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { describeFile, failedChecks, makeSource, makeCompared, planned } from './support.ts';

const folder = useTemporaryFolder();
const MXF: ProxyRequest = {
  codec: 'dnxhr',
  container: 'mxf',
  resolution: 'same',
  explicitFps: null,
};
const MOV: ProxyRequest = { ...MXF, codec: 'prores_proxy', container: 'mov' };

const ENCODERS = {
  mov: '-c:v prores_ks -profile:v proxy -c:a pcm_s16le',
  mp4: '-c:v libx264 -preset ultrafast -c:a aac',
};

/** A clip of 20 frames whose video an edit ends after a number of frames, which need not be whole. */
async function endingAfter(frames: number, rate: string, container: keyof typeof ENCODERS) {
  const path = join(folder.path, `${frames} at ${rate.replace('/', ' of ')}.${container}`);
  const [numerator = 0, denominator = 1] = rate.split('/').map(Number);
  const tone = `-f lavfi -i sine=440:r=48000:d=${(20 * denominator) / numerator}`;
  const video = `-f lavfi -i testsrc2=s=320x180:r=${rate},trim=end_frame=20`;
  await makeSource(path, video, tone, ENCODERS[container]);
  const bytes = await readFile(path);
  const milliseconds = Math.round((1000 * frames * denominator) / numerator);
  bytes.writeUInt32BE(milliseconds, bytes.indexOf('tkhd') + 24);
  bytes.writeUInt32BE(milliseconds, bytes.indexOf('elst') + 12);
  await writeFile(path, bytes);
  return path;
}

/** Frames of an MXF by MediaInfo, which counts them in its index. */
async function framesOf(path: string): Promise<number> {
  const { stdout } = await execa('mediainfo', ['--Inform=Video;%FrameCount%', path]);
  return Number(stdout);
}

it.each([
  [19.1, '25', 'mov', 20],
  [19.4, '25', 'mp4', 20],
  [19, '25', 'mov', 19],
  [19.2, '24000/1001', 'mp4', 20],
  [19.3, '60000/1001', 'mov', 20],
] as const)(
  'every frame that an edit shows at all has its place: %d at %s in %s',
  async (frames, rate, container, shown) => {
    const source = await endingAfter(frames, rate, container);
    const mxf = await makeCompared(MXF, source, `${source}.mxf`);
    expect(failedChecks(mxf)).toEqual([]);
    expect(await framesOf(`${source}.mxf`)).toBe(shown);
    const mov = await makeCompared(MOV, source, `${source}.proxy.mov`);
    expect(failedChecks(mov)).toEqual([]);
    expect(mov.facts?.frames).toMatchObject({ source: shown, made: shown });
  },
);

it('so it has at another rate, and with burnt-in text', async () => {
  const source = await endingAfter(19.1, '25', 'mp4');
  const faster = await makeCompared({ ...MXF, explicitFps: 50 }, source, `${source}.50.mxf`);
  expect(failedChecks(faster)).toEqual([]);
  expect(await framesOf(`${source}.50.mxf`)).toBe(40);
  const texts = [{ text: '{frame}', at: 'top-left' }] as const;
  const values = { source_name: '', date: '', job_id: '' };
  const request = { ...MXF, burnIn: { texts, values, tablesFolder: folder.path } };
  await writeTables(filterFiles(planned(request, await describeFile(source)).video));
  const burnt = await makeCompared(request, source, `${source}.burnt.mxf`);
  expect(failedChecks(burnt)).toEqual([]);
  expect(await framesOf(`${source}.burnt.mxf`)).toBe(20);
});
