import type { MediaInfo } from '@app/engines';
import { type MediaStream } from '../../libs/engines/src/media/index.ts';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { bitDepth, hasAlpha } from '../../libs/engines/src/media/video-traits.ts';
import { ffprobe } from '../support/ffprobe.ts';
import { makeSource, remux } from '../support/media.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();

async function describeFile(path: string, options?: { packets?: boolean }): Promise<MediaInfo> {
  const result = await ffprobe(path, options);
  if ('error' in result) throw new Error(result.error);
  return result.media;
}

async function firstStream(path: string): Promise<MediaStream> {
  const [stream] = (await describeFile(path)).streams;
  if (!stream) throw new Error('no stream');
  return stream;
}

describe('a clip described by the real ffprobe', () => {
  it('a MOV keeps rate, frames, tracks and drop-frame timecode', async () => {
    const options = {
      rate: '30000/1001',
      frames: 12,
      audioTracks: [2, 1],
      timecode: '01:00:00;00',
    };
    const media = await describeFile(await makeSource(folder.path, 'reel.mov', options));
    expect(media.formatName).toBe('mov,mp4,m4a,3gp,3g2,mj2');
    expect(media.durationSeconds).toBeCloseTo(0.4004, 3);
    expect(media.streams).toMatchObject([
      {
        kind: 'video',
        index: 0,
        codecName: 'h264',
        codecTag: 'avc1',
        width: 320,
        height: 180,
        pixelFormat: 'yuv420p',
        sampleAspectRatio: '1:1',
        frameRate: '30000/1001',
        averageFrameRate: '30000/1001',
        fieldOrder: 'progressive',
        startSeconds: 0,
        declaredFrames: 12,
        packets: null,
        colorPrimaries: null,
        rotationDegrees: 0,
        tags: { timecode: '01:00:00;00' },
      },
      { kind: 'audio', codecName: 'pcm_s16le', channels: 2, sampleRate: 48_000 },
      { kind: 'audio', codecName: 'pcm_s16le', channels: 1, channelLayout: 'mono' },
      { kind: 'data', codecName: null, codecTag: 'tmcd', tags: { timecode: '01:00:00;00' } },
    ]);
  });

  it('packets are counted when asked', async () => {
    const path = await makeSource(folder.path, 'count.mkv', { frames: 7, codec: 'ffv1' });
    const [uncounted] = (await describeFile(path)).streams;
    const [counted] = (await describeFile(path, { packets: true })).streams;
    expect(uncounted).toMatchObject({ declaredFrames: null, packets: null });
    expect(counted).toMatchObject({ declaredFrames: null, packets: { count: 7 } });
  });

  it('an MXF has its timecode in the lower-case tags of the container', async () => {
    const options = { codec: 'mpeg2', timecode: '10:00:00:00', audioTracks: [1] } as const;
    const media = await describeFile(await makeSource(folder.path, 'tc.mxf', options));
    expect(media).toMatchObject({ formatName: 'mxf', tags: { timecode: '10:00:00:00' } });
    expect(media.streams[0]).toMatchObject({ codecTag: '[0][0][0][0]', codecName: 'mpeg2video' });
  });

  it('colour, field order and anamorphic pixels are read where they are declared', async () => {
    const filter =
      'setparams=range=tv:color_primaries=bt2020:color_trc=arib-std-b67:colorspace=bt2020nc';
    const path = await makeSource(folder.path, 'colour.mov', {
      codec: 'prores',
      outputArguments: ['-vf', `${filter}:field_mode=tff,setsar=4/3`, '-flags:v', '+ildct'],
    });
    expect(await firstStream(path)).toMatchObject({
      colorPrimaries: 'bt2020',
      colorTransfer: 'arib-std-b67',
      colorMatrix: 'bt2020nc',
      fieldOrder: 'tb',
      sampleAspectRatio: '4:3',
      profile: 'Proxy',
    });
  });

  it('the rotation of a display matrix is read as ffprobe says it', async () => {
    const plain = await makeSource(folder.path, 'upright.mp4');
    const rotate = { inputArguments: ['-display_rotation', '90'] };
    const stream = await firstStream(await remux(plain, 'rotated.mp4', rotate));
    expect(stream).toMatchObject({ rotationDegrees: 90, width: 320, height: 180 });
    expect(stream).toHaveProperty('sideData.0.side_data_type', 'Display Matrix');
  });
});

it('bits and alpha of every format of pixels are known, in whichever FFmpeg', async () => {
  const { stdout } = await execa('ffmpeg', ['-hide_banner', '-pix_fmts']);
  const formats = [...stdout.matchAll(/^I\S+ +(\S+) +(\d) +\d+ +(\S+)$/gm)];
  expect(formats.length).toBeGreaterThan(150);
  const wrong = formats.filter(([, name = '', components, bits = '']) => {
    const isDeep = Math.max(...bits.split('-').map(Number)) > 8;
    const isTransparent = components === '4' || /^(?:ya|pal)/.test(name);
    return bitDepth(name) > 8 !== isDeep || hasAlpha(name) !== isTransparent;
  });
  expect(wrong.map(([, name]) => name)).toEqual([]);
});
