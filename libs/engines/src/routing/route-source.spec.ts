import type { EngineName } from '@app/jobspec';
import { describe, expect, it } from 'vitest';
import type { MediaInfo } from '../media/media-info.ts';
import { parseProbeResult } from '../media/parse-ffprobe.ts';
import {
  routeByContent,
  routeByName,
  type SourceRefusal,
  type SourceRoute,
} from './route-source.ts';

type Stream = Record<string, unknown>;
const MOV = 'mov,mp4,m4a,3gp,3g2,mj2';
const NO_TAG = '[0][0][0][0]';
const INVALID = {
  error: { code: -1094995529, string: 'Invalid data found when processing input' },
};
const SIZE = { width: 4096, height: 2160 };
const AUDIO: Stream = { codec_type: 'audio', codec_name: 'pcm_s24le', codec_tag_string: 'in24' };

function video(codec_tag_string: string, codec_name?: string, pix_fmt?: string): Stream {
  return { codec_type: 'video', codec_tag_string, codec_name, pix_fmt, ...SIZE };
}

function probed(format_name: string, streams: Stream[], tags: Record<string, string> = {}) {
  return { format: { format_name, tags }, streams };
}

/** The verdict on a file that isn't empty, from what ffprobe would write about it. */
function verdict(path: string, json: unknown): SourceRoute | SourceRefusal {
  const byName = routeByName({ path, kind: 'file', sizeBytes: 1000 });
  return byName ?? routeByContent(path, parseProbeResult(json));
}

describe('a camera RAW file goes to Resolve', () => {
  it.each([
    ['/A001.ari', INVALID, 'arriraw'],
    ['/A001.arx', INVALID, 'arriraw'],
    ['/arri35.mxf', probed('mxf', [video(NO_TAG), AUDIO]), 'unknown'],
    [
      '/mini.mxf',
      probed('mxf', [{ ...video(NO_TAG), width: 0, height: 0 }, { codec_type: 'data' }]),
      'unknown',
    ],
    ['/red1.R3D', probed('r3d', [video(NO_TAG, 'jpeg2000', 'rgb48le'), AUDIO]), 'redcode'],
    ['/red2.R3D', INVALID, 'redcode'],
    ['/zr.R3D', probed(MOV, [video('NR3D')]), 'redcode'],
    ['/zr.mov', probed(MOV, [video('NR3D')]), 'redcode'],
    ['/renamed.mov', probed(MOV, [video('brvl')]), 'braw'],
    ['/new-tag.braw', probed(MOV, [video('brzz')]), 'braw'],
    ['/broken.braw', INVALID, 'braw'],
    ['/venice.mxf', probed('mxf', [video(NO_TAG), AUDIO, { codec_type: 'data' }]), 'unknown'],
    [
      '/c70.crm',
      probed(MOV, [video('CRAW'), { codec_type: 'data' }], { major_brand: 'crx ' }),
      'canon_raw',
    ],
    ['/c70.mp4', probed(MOV, [video('CRAW')], { major_brand: 'crx ' }), 'canon_raw'],
    ['/broken.crm', INVALID, 'canon_raw'],
    ['/varicam.vraw', INVALID, 'v-raw'],
    ['/varicam.vrw', probed('mp3', [AUDIO]), 'v-raw'],
    ['/z9.nev', probed(MOV, [video('NRAW')], { major_brand: 'niko' }), 'nraw'],
    ['/z9.mov', probed(MOV, [video('NRAW')]), 'nraw'],
    ['/broken.NEV', INVALID, 'nraw'],
    ['/dji.DNG', probed('tiff_pipe', [video(NO_TAG, 'tiff', 'bayer_rggb16le')]), 'cinema_dng'],
    ['/payload-looks-like.ari', probed('mp3', [AUDIO]), 'arriraw'],
  ])('%s', (path, json, codec) => {
    expect(verdict(path, json)).toEqual({ engine: 'resolve', codec });
  });

  it.each(['brxq', 'brst', 'brhq', 'brlt', 'brvl', 'brvm', 'brvn'])('Blackmagic RAW %s', (tag) => {
    const route = { engine: 'resolve', codec: 'braw' };
    expect(verdict('/clip.braw', probed(MOV, [video(tag)]))).toMatchObject(route);
  });

  it.each(['aprn', 'aprh'])('ProRes RAW %s, whether or not FFmpeg knows it', (tag) => {
    const seven = probed(MOV, [video(tag)]);
    const eight = probed(MOV, [video(tag, 'prores_raw', 'bayer_rggb16')]);
    const rewrapped = probed('matroska,webm', [video(NO_TAG, 'prores_raw', 'bayer_rggb16')]);
    for (const json of [seven, eight, rewrapped])
      expect(verdict('/clip.mov', json)).toMatchObject({ engine: 'resolve', codec: 'prores_raw' });
  });

  it('undeveloped pixels that FFmpeg can read', () => {
    const json = probed('avi', [video(NO_TAG, 'rawvideo', 'bayer_rggb8')]);
    expect(verdict('/machine.avi', json)).toMatchObject({ engine: 'resolve', codec: 'bayer' });
  });

  it.each(['unknown', 'none', undefined])('a codec that ffprobe calls %s', (name) => {
    expect(verdict('/clip.mov', probed(MOV, [video('Zq9[33]', name)]))).toEqual({
      engine: 'resolve',
      codec: 'unknown',
    });
  });
});

describe('a standard codec goes to FFmpeg', () => {
  it.each([
    ['h264', '/named.braw', probed(MOV, [video('avc1', 'h264', 'yuv420p')])],
    ['h264', '/named.r3d', probed(MOV, [video('avc1', 'h264', 'yuv420p')])],
    [
      'hevc',
      '/dji.mov',
      probed(MOV, [video('hvc1', 'hevc', 'yuv420p10le'), { codec_type: 'data' }]),
    ],
    ['prores', '/a.mov', probed(MOV, [video('apch', 'prores', 'yuv422p10le')])],
    ['prores', '/arri.mxf', probed('mxf', [video('apch', 'prores', 'yuv422p10le')])],
    ['jpeg2000', '/dcp.mxf', probed('mxf', [video(NO_TAG, 'jpeg2000', 'xyz12le')])],
    ['dnxhd', '/op-atom.mxf', probed('mxf', [video(NO_TAG, 'dnxhd', 'yuv422p')])],
    ['h264', '/audio-first.mov', probed(MOV, [AUDIO, video('avc1', 'h264', 'yuv420p')])],
    [
      'h264',
      '/cover-first.mov',
      probed(MOV, [
        { ...video(NO_TAG, 'png', 'rgb24'), disposition: { attached_pic: 1 } },
        video('avc1', 'h264', 'yuv420p'),
      ]),
    ],
    [
      'h264',
      '/unnamed-data-first.mp4',
      probed(MOV, [
        { codec_type: 'data', codec_tag_string: 'rtmd' },
        video('avc1', 'h264', 'nv12'),
      ]),
    ],
  ])('%s in %s', (codec, path, json) => {
    expect(verdict(path, json)).toEqual({ engine: 'ffmpeg', codec });
  });
});

describe('everything else is refused with what to do', () => {
  const cover = { ...video(NO_TAG, 'mjpeg', 'yuvj420p'), disposition: { attached_pic: 1 } };

  it.each([
    ['/a.m4a', probed(MOV, [AUDIO]), '/a.m4a has no video, only audio. Name a source with video.'],
    ['/a.braw', probed(MOV, [AUDIO]), '/a.braw has no video, only audio.'],
    ['/a.m4a', probed(MOV, [AUDIO, cover]), '/a.m4a has no video, only audio.'],
    ['/a.mov', probed(MOV, []), '/a.mov has no video. Name'],
    [
      '/a.mov',
      probed(MOV, [video('gif ', 'gif', 'rgb8')]),
      "/a.mov has video in codec 'gif'. Transcode",
    ],
    [
      '/ref.mov',
      probed(MOV, [video('avc1', 'h264')]),
      "/ref.mov declares 'h264' video without a picture.",
    ],
    [
      '/headless.mov',
      probed(MOV, [{ ...video('avc1', 'h264', 'yuv420p'), width: 0 }]),
      "/headless.mov declares 'h264' video without a picture.",
    ],
    ['/a.mov', INVALID, '(ffprobe: Invalid data found when processing input). Copy it again or'],
    ['/a.JPG', INVALID, '/a.JPG is, by its extension, a still image and not a clip.'],
    ['/a.wav', INVALID, '/a.wav is, by its extension, audio only.'],
    ['/a.m3u8', INVALID, '/a.m3u8 is, by its extension, a list of other files.'],
    ['/a.cine', INVALID, '/a.cine is, by its extension, a RAW format that is not among'],
    [
      '/renamed.mov',
      probed(MOV, [video('av01', 'av1', 'yuv420p')], { major_brand: 'avif' }),
      '/renamed.mov is a still image and not a clip.',
    ],
    ['/a.CR3', probed(MOV, [video('CRAW')], { major_brand: 'crx ' }), '/a.CR3 is a still image'],
  ])('%s', (path, json, sentence) => {
    const refusal = verdict(path, json);
    expect(refusal.engine).toBeNull();
    expect(refusal).toHaveProperty('problem', expect.stringContaining(sentence));
  });

  it.each(['/empty.mov', '/empty.ari', '/empty.braw'])('an empty file, %s', (path) => {
    expect(routeByName({ path, kind: 'file', sizeBytes: 0 })).toMatchObject({
      engine: null,
      problem: `${path} is empty. Copy the clip again.`,
    });
  });

  it('a device, whatever it is called', () => {
    expect(routeByName({ path: '/fifo.ari', kind: 'special' })).toMatchObject({ engine: null });
  });
});

describe('a folder', () => {
  it.each([
    [['A.0001.ari', 'A.0002.ari'], 'arriraw'],
    [['notes.txt', 'A.0001.ARX'], 'arriraw'],
    [['b.dng', 'a.vrw'], 'v-raw'],
    [['a.dng', 'b.vrw'], 'cinema_dng'],
    [['f.vraw'], 'v-raw'],
  ])('with %j is one clip for Resolve', (fileNames, codec) => {
    const verdict = routeByName({ path: '/A001', kind: 'folder', fileNames });
    expect(verdict).toMatchObject({ engine: 'resolve', codec });
  });

  it.each([[[]], [['a.mov', 'b.braw']], [['._A.0001.ari', '.dng']]])(
    'with %j is none',
    (fileNames) => {
      expect(routeByName({ path: '/A001', kind: 'folder', fileNames })).toMatchObject({
        engine: null,
        problem:
          '/A001 is a folder without RAW frames. Name a clip file, or the folder of a RAW frame sequence.',
      });
    },
  );
});

it('a clip of more tracks than a recorder writes is refused, and one of as many is not', () => {
  const clip = (tracks: number) =>
    probed(MOV, [
      video('apch', 'prores', 'yuv422p10le'),
      ...Array.from({ length: tracks }, () => AUDIO),
    ]);
  expect(verdict('/many.mov', clip(64))).toMatchObject({ engine: 'ffmpeg' });
  expect(verdict('/many.mov', clip(65))).toMatchObject({
    engine: null,
    problem:
      '/many.mov has 65 audio tracks, and at most 64 can be made. Make a copy with fewer of them.',
  });
});

describe('a picture that can’t be shown', () => {
  const routed = (facts: object) => {
    const { media } = parseProbeResult(probed(MOV, [video('hvc1', 'hevc', 'yuv420p10le')])) as {
      media: MediaInfo;
    };
    const streams = media.streams.map((stream) => ({ ...stream, ...facts }));
    return routeByContent('/a.mov', { media: { ...media, streams } });
  };
  const record = (compatibility: number) => ({
    sideData: [
      {
        side_data_type: 'DOVI configuration record',
        dv_profile: compatibility === 0 ? 5 : 8,
        dv_bl_signal_compatibility_id: compatibility,
      },
    ],
  });

  it('of Dolby Vision without a base picture is refused, and with one it is not', () => {
    expect(routed(record(0))).toMatchObject({ engine: null, finding: 'no_base_picture' });
    expect(routed(record(4))).toMatchObject({ engine: 'ffmpeg' });
  });

  it.each([{}, { pixelFormat: null }])('that is encrypted is refused as that: %j', (facts) => {
    const refusal = routed({ carries: ['Encryption info'], ...facts });
    expect(refusal).toMatchObject({ engine: null, finding: 'encrypted' });
  });
});

it('some source goes to each engine', () => {
  const routes: Record<EngineName, SourceRoute | SourceRefusal> = {
    ffmpeg: verdict('/a.mov', probed(MOV, [video('avc1', 'h264', 'yuv420p')])),
    resolve: verdict('/a.ari', INVALID),
  };
  expect(Object.values(routes).map(({ engine }) => engine)).toEqual(Object.keys(routes));
});
