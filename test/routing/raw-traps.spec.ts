import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ffprobe } from '../support/ffprobe.ts';
import { makeSource, patchBytes, remux, type ClipOptions } from '../support/media.ts';
import { makeTaggedMov, makeUnknownMxf, RAW_MXF_LABELS } from '../support/raw-fakes.ts';
import { createRouting } from '../support/routing.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const routing = createRouting();

async function routeOf(path: string) {
  const { engine, reason } = await routing.route([path]);
  return { engine, reason };
}

const toResolve = (codec: string) => ({
  engine: 'resolve',
  reason: `Source codec '${codec}' requires DaVinci Resolve`,
});
const toFfmpeg = (codec: string) => ({
  engine: 'ffmpeg',
  reason: `Source codec '${codec}' is decoded by FFmpeg`,
});

describe('MXF goes by what is in it', () => {
  it.each(Object.keys(RAW_MXF_LABELS) as (keyof typeof RAW_MXF_LABELS)[])(
    '%s to Resolve',
    async (labels) => {
      const path = await makeUnknownMxf(folder.path, `${labels.replaceAll(' ', '-')}.mxf`, labels);
      expect(await routeOf(path)).toEqual(toResolve('unknown'));
    },
  );

  it.each([
    ['h264', 'xavc.mxf', { codec: 'h264', audioTracks: [1] }],
    ['dnxhd', 'dnx.mxf', { codec: 'dnxhr', audioTracks: [1] }],
    ['prores', 'arri-prores.mxf', { codec: 'prores', audioTracks: [1] }],
  ] as [string, string, ClipOptions][])('%s to FFmpeg', async (codec, name, options) => {
    const path = await makeSource(folder.path, name, { ...options, container: 'mxf' });
    expect(await routeOf(path)).toEqual(toFfmpeg(codec));
  });
});

describe('a track that is no picture does not count', () => {
  it.each(['tmcd', 'camm', 'djmd', 'mebx', 'CTMD', 'rtmd'])(
    'metadata of codec tag %s, which no FFmpeg names',
    async (tag) => {
      const path = await makeSource(folder.path, `${tag}.mov`, { timecode: '01:00:00:00' });
      if (tag !== 'tmcd') await patchBytes(path, Buffer.from('tmcd'), Buffer.from(tag));
      const probed = await ffprobe(path);
      expect(probed).toMatchObject({
        media: {
          streams: [{ kind: 'video' }, { kind: 'data', codecName: null, codecTag: tag }],
        },
      });
      expect(await routeOf(path)).toEqual(toFfmpeg('h264'));
    },
  );

  it.each([
    ['CTMD', 'CRAW', 'c70.crm', 'crx ', 'canon_raw'],
    ['meta', 'NRAW', 'z9.nev', 'niko', 'nraw'],
    ['djmd', 'aprn', 'inspire.mov', 'qt  ', 'prores_raw'],
    ['djmd', 'aprh', 'ronin.mov', 'qt  ', 'prores_raw'],
  ])('metadata %s beside %s in %s', async (data, tag, name, brand, codec) => {
    const path = await makeTaggedMov(folder.path, name, tag, { timecode: '01:00:00:00' });
    await patchBytes(path, Buffer.from('tmcd'), Buffer.from(data));
    await patchBytes(path, Buffer.from('ftypqt  '), Buffer.from(`ftyp${brand}`));
    expect(await ffprobe(path)).toMatchObject({
      media: { streams: [{ kind: 'video' }, { kind: 'data' }], tags: { major_brand: brand } },
    });
    expect(await routeOf(path)).toEqual(toResolve(codec));
  });

  it('a file attached to Matroska', async () => {
    const clip = await makeSource(folder.path, 'plain.mkv');
    const font = join(folder.path, 'titles.ttf');
    await writeFile(font, 'a font');
    const attach = ['-attach', font, '-metadata:s:t', 'mimetype=application/x-unknown'];
    const path = await remux(clip, 'with-font.mkv', { outputArguments: attach });
    expect(await ffprobe(path)).toMatchObject({
      media: { streams: [{ kind: 'video' }, { kind: 'attachment', codecName: null }] },
    });
    expect(await routeOf(path)).toEqual(toFfmpeg('h264'));
  });

  it.each([
    ['a standard clip', null, toFfmpeg('h264')],
    ['camera RAW', 'brvl', toResolve('braw')],
  ])('a cover picture in %s', async (what, tag, route) => {
    const name = what.replaceAll(' ', '-');
    const cover = await makeSource(folder.path, `${name}.png`, { codec: 'png', frames: 1 });
    const clip = await makeSource(folder.path, `${name}.mov`);
    const path = await remux(clip, `${name}-cover.mp4`, {
      inputArguments: ['-i', cover],
      outputArguments: '-map 0:v -map 1:v -disposition:v:0 attached_pic -f mp4'.split(' '),
    });
    if (tag) await patchBytes(path, Buffer.from('avc1'), Buffer.from(tag));
    const probed = await ffprobe(path);
    const streams = 'media' in probed ? probed.media.streams : [];
    expect(streams).toHaveLength(2);
    expect(streams.filter(({ isAttachedPicture }) => isAttachedPicture)).toHaveLength(1);
    expect(await routeOf(path)).toEqual(route);
  });
});

describe('an extension that lies', () => {
  it('of a frame format decides nevertheless, also when FFmpeg knows the content', async () => {
    const frame = await makeSource(folder.path, 'frame.ari', { container: 'mov' });
    expect(await ffprobe(frame)).toMatchObject({ media: { streams: [{ codecName: 'h264' }] } });
    expect(await routeOf(frame)).toEqual(toResolve('arriraw'));
  });

  it.each(['mov', 'mp4'])('of Blackmagic RAW named .%s', async (extension) => {
    const path = await makeTaggedMov(folder.path, `braw.${extension}`, 'brhq');
    expect(await routeOf(path)).toEqual(toResolve('braw'));
  });
});

it.each([
  ['ari', 'arriraw'],
  ['arx', 'arriraw'],
  ['dng', 'cinema_dng'],
  ['vraw', 'v-raw'],
  ['vrw', 'v-raw'],
])('a folder of .%s frames is one clip, macOS companions and all', async (extension, codec) => {
  const path = join(folder.path, `${extension}-frames`);
  await mkdir(path);
  for (const name of [`A.0001.${extension}`, `A.0002.${extension}`, `._A.0001.${extension}`])
    await writeFile(join(path, name), 'frame');
  expect(await routeOf(path)).toEqual(toResolve(codec));
});
