/** @module-tag night */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { STANDARD_CODECS } from '../../libs/engines/src/routing/source-formats.ts';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { makeSource, remux } from '../support/media.ts';
import {
  makeR3d,
  makeReferenceMovie,
  makeTaggedMov,
  makeUnknownMxf,
} from '../support/raw-fakes.ts';
import { createRouting } from '../support/routing.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const routing = createRouting();
/** FFmpeg 9 takes these for raw video, whose pixels it knows by name. */
const RAW_SINCE_9 = new Set(['v308', 'v408', 'v410']);

describe('a RAW source goes to Resolve', () => {
  it.each([
    ['brvl.braw', 'brvl', 'braw'],
    ['tagged.crm', 'CRAW', 'canon_raw'],
    ['z9.mov', 'NRAW', 'nraw'],
    ['zr.R3D', 'NR3D', 'redcode'],
    ['raw.mov', 'aprn', 'prores_raw'],
    ['nobody-knows.mov', 'Zq9!', 'unknown'],
  ])('%s with sample entry %s', async (name, tag, codec) => {
    const path = await makeTaggedMov(folder.path, name, tag);
    const { engine, reason, media } = await routing.route([path]);
    expect({ engine, reason }).toEqual({
      engine: 'resolve',
      reason: `Source codec '${codec}' requires DaVinci Resolve`,
    });
    expect(media).toMatchObject([{ streams: [{ kind: 'video', width: 320 }] }]);
  });

  it('an MXF whose essence has labels that FFmpeg does not know', async () => {
    const path = await makeUnknownMxf(folder.path, 'camera.mxf');
    const { engine, reason } = await routing.route([path]);
    expect(engine).toBe('resolve');
    expect(reason).toBe("Source codec 'unknown' requires DaVinci Resolve");
  });

  it.each(['RED1', 'RED2'] as const)('REDCODE that begins with %s', async (magic) => {
    const path = await makeR3d(folder.path, `${magic}.R3D`, magic);
    const { reason, media } = await routing.route([path]);
    expect(reason).toBe("Source codec 'redcode' requires DaVinci Resolve");
    const opened = { formatName: 'r3d', streams: [{ codecName: 'jpeg2000', width: 4096 }] };
    expect(media).toMatchObject([magic === 'RED1' ? opened : null]);
  });

  it.each(['ari', 'dng'])(
    'a .%s frame, by its name, even when it opens as something else',
    async (extension) => {
      const path = join(folder.path, `frame.${extension}`);
      const options = { codec: 'tiff', frames: 1, container: 'image2' } as const;
      await makeSource(folder.path, `frame.${extension}`, {
        ...options,
        outputArguments: ['-update', '1'],
      });
      const { engine, media } = await routing.route([path]);
      expect({ engine, media }).toEqual({ engine: 'resolve', media: [null] });
      expect(routing.probed()).not.toContain(path);
    },
  );
});

describe('a standard source goes to FFmpeg', () => {
  it.each([
    ['h264', 'named.braw', { container: 'mov' }],
    ['dnxhd', 'op-atom.mxf', { codec: 'dnxhr', container: 'mxf_opatom' }],
    ['mpeg2video', 'xdcam.mxf', { codec: 'mpeg2', audioTracks: [1, 1] }],
    ['vp9', 'a.webm', { codec: 'vp9' }],
    ['h264', 'a.ts', { audioTracks: [2] }],
    ['mpeg2video', 'a.mpg', { codec: 'mpeg2' }],
    ['rawvideo', 'a.avi', { codec: 'rawvideo' }],
    ['png', 'animation.mov', { codec: 'png' }],
    ['jpeg2000', 'no-red-one.mxf', { codec: 'jpeg2000' }],
  ] as const)('%s in %s', async (codec, name, options) => {
    const path = await makeSource(folder.path, name, options);
    expect(await routing.route([path])).toMatchObject({
      engine: 'ffmpeg',
      reason: `Source codec '${codec}' is decoded by FFmpeg`,
    });
  });

  it('a clip whose audio comes first', async () => {
    const clip = await makeSource(folder.path, 'picture-first.mov', { audioTracks: [2] });
    const maps = { outputArguments: ['-map', '0:a', '-map', '0:v'] };
    const path = await remux(clip, 'audio-first.mov', maps);
    const { engine, media } = await routing.route([path]);
    expect(engine).toBe('ffmpeg');
    expect(media[0]?.streams[0]).toMatchObject({ kind: 'audio' });
  });

  it('every standard codec of the table has a decoder in the installed FFmpeg', async () => {
    const { stdout } = await execa('ffmpeg', ['-hide_banner', '-codecs']);
    const decoded = new Set(stdout.match(/(?<=^ D.V\S* +)\S+/gm));
    const missing = STANDARD_CODECS.flatMap(({ names }) =>
      names.filter((name) => !decoded.has(name)),
    );
    expect(missing.filter((name) => !RAW_SINCE_9.has(name))).toEqual([]);
  });
});

/** Refusal of a source. */
async function refusal(path: string): Promise<unknown> {
  return routing.route([path]).then(
    () => 'routed',
    (error: unknown) => error,
  );
}

describe('any other source is refused', () => {
  it.each([
    ['song.m4a', { codec: null, audioTracks: [2] }, 'has no video, only audio.'],
    [
      'sound.mxf',
      { codec: null, audioTracks: [1], container: 'mxf_opatom' },
      'has no video, only audio.',
    ],
    [
      'a.mp3',
      { codec: null, audioTracks: [2], container: 'mp2' },
      'is, by its extension, audio only.',
    ],
    ['still.tif', { codec: 'tiff', frames: 1 }, 'is, by its extension, a still image'],
    ['a.gif', { codec: 'gif' }, 'is, by its extension, a GIF animation.'],
    ['gif-inside.mkv', { codec: 'gif' }, "has video in codec 'gif'. Transcode it"],
    ['photo.avif', { codec: 'av1', frames: 1 }, 'is a still image and not a clip.'],
    [
      'photo.mp4',
      { codec: 'av1', frames: 1, container: 'avif' },
      'is a still image and not a clip.',
    ],
    ['picture.mov', { codec: 'png', frames: 1, container: 'image2' }, "can't be read as a clip"],
    [
      'cover.m4a',
      {
        codec: 'mjpeg',
        frames: 1,
        audioTracks: [2],
        outputArguments: ['-disposition:v:0', 'attached_pic'],
      },
      'has no video, only audio.',
    ],
  ] as const)('%s', async (name, options, sentence) => {
    const path = await makeSource(folder.path, name, options);
    expect(await refusal(path)).toMatchObject({
      type: 'UnsupportedFormatError',
      message: expect.stringContaining(`Unsupported format: ${path} ${sentence}`),
    });
  });

  it.each([
    ['notes.txt', 'Reel A001\n'.repeat(400), "can't be read as a clip"],
    [
      'cut.mov',
      '\0\0\0\u0014ftypqt  ',
      'is cut short or unfinished: it ends 8 bytes before its ftyp atom does. Copy it again.',
    ],
  ])('%s', async (name, text, sentence) => {
    const path = join(folder.path, name);
    await writeFile(path, text);
    expect(await refusal(path)).toMatchObject({
      type: 'UnsupportedFormatError',
      message: expect.stringContaining(`Unsupported format: ${path} ${sentence}`),
    });
  });

  it('a reference movie says where its media may be', async () => {
    const target = await makeSource(folder.path, 'target.mov');
    const path = await makeReferenceMovie(folder.path, 'reference.mov', target);
    expect(await refusal(path)).toMatchObject({
      message: expect.stringContaining("declares 'h264' video without a picture."),
    });
  });
});
