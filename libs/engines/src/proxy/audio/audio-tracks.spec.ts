import { describe, expect, it } from 'vitest';
import type { Container } from '@app/jobspec';
import { audio, media, video } from '../../../testing/clips.ts';
import type { AudioStream } from '../../media/media-info.ts';
import { planAudio } from './audio-tracks.ts';

function planned(container: Container, ...tracks: Partial<AudioStream>[]) {
  const videoStream = video();
  const streams = tracks.map((track, position) => audio({ index: position + 1, ...track }));
  return planAudio(container, media([videoStream, ...streams]), videoStream);
}

describe('every track in order', () => {
  it('eight mono tracks stay eight mono tracks', () => {
    const tracks = Array.from({ length: 8 }, () => ({ channels: 1, channelLayout: 'mono' }));
    const { value } = planned('mxf', ...tracks);
    expect(value.map(({ streamIndex }) => streamIndex)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(value.map(({ channels }) => channels)).toEqual(Array(8).fill(1));
  });

  it.each([
    [{ codecName: null, codecTag: 'apac' }, "FFmpeg doesn't know its codec (apac)"],
    [{ codecName: 'mpegh_3d_audio' }, "FFmpeg can't decode mpegh_3d_audio"],
    [{ channels: null }, 'it declares no channels or no sample rate'],
  ])('one that cannot be decoded is skipped and named', (track, reason) => {
    const { value, warnings } = planned('mov', track, {});
    expect(value.map(({ streamIndex }) => streamIndex)).toEqual([2]);
    expect(warnings).toEqual([`Audio track 1 is skipped: ${reason}.`]);
  });
});

describe('a layout with a channel for deep tones', () => {
  const said = (container: Container, codecName: string, channelLayout: string) =>
    planned(container, { codecName, channels: 6, channelLayout }).warnings;

  it('loses what is higher in AAC alone, with a warning', () => {
    expect(said('mp4', 'pcm_s16le', '5.1')).toEqual([
      'Audio track 1 has channel 4 for deep tones (LFE): AAC leaves next to nothing above 400 Hz of that one.',
    ]);
    expect(said('mov', 'pcm_s16le', '5.1')).toEqual([]);
    expect(said('mp4', 'opus', '5.1')).toHaveLength(1);
    expect(said('mp4', 'ac3', '5.1')).toEqual([]);
  });

  it('is another one where AAC or Opus has none of its name, with a warning', () => {
    const lost = (codec: string) =>
      `Audio track 1 loses the names of its channels, hexagonal: ${codec} has none for them.`;
    expect(said('mp4', 'pcm_s16le', 'hexagonal')).toEqual([lost('AAC')]);
    expect(said('webm', 'pcm_s16le', 'hexagonal')).toEqual([lost('Opus')]);
    const options = planned('webm', { channels: 4, channelLayout: '4.0' }).value[0]?.encoderOptions;
    expect(options).toEqual(['-b:a', '256000', '-mapping_family', '255']);
    expect(said('mp4', 'pcm_s16le', '5.1(side)').join()).not.toContain('loses the names');
  });

  it('is not what channels become that nothing names', () => {
    const { value, warnings } = planned('mp4', { channels: 6, channelLayout: null });
    expect(value[0]?.layout).toBe('hexagonal');
    expect(warnings).toEqual([
      'Audio track 1 has 6 channels that nothing names: hexagonal becomes their layout.',
    ]);
  });
});

it('floating point is clipped before AAC, which distorts what is louder than full scale', () => {
  const isClipped = (container: Container, codecName: string) =>
    planned(container, { codecName }).value[0]?.clipped;
  expect(isClipped('mp4', 'pcm_f32le')).toBe(true);
  expect(isClipped('mp4', 'pcm_s24le')).toBe(false);
  expect(isClipped('webm', 'pcm_f32le')).toBe(false);
});

describe('a track that is shorter than the picture', () => {
  const videoStream = video({ durationSeconds: 2 });
  const short = audio({ index: 1, durationSeconds: 1.75 });
  const plan = (container: Container) =>
    planAudio(container, media([videoStream, short]), videoStream);

  it('is filled with silence in MXF, which loses pictures that no sound goes with', () => {
    const { value, warnings } = plan('mxf');
    expect(value[0]).toMatchObject({ silentTail: 0.35, duration: 2 });
    expect(warnings).toEqual([expect.stringContaining('0.250 s of silence')]);
  });

  it('is named by a reader’s guess where that is all there is', () => {
    const stream = { formatName: 'mpegts' };
    expect(planAudio('mxf', media([videoStream, short], stream), videoStream).warnings).toEqual([
      'Audio track 1 ends with the picture, cut or filled with silence: in MXF all tracks end together.',
    ]);
    const half = audio({ index: 1, durationSeconds: 1 });
    expect(
      planAudio('mxf', media([videoStream, half], stream), videoStream).warnings.join(),
    ).toContain('filled with about 1.0 s of silence');
  });

  it('stays as long as it is elsewhere', () => {
    expect(plan('mov').value[0]).toMatchObject({ silentTail: 0, duration: 1.75 });
  });
});

describe('codecs by container', () => {
  it.each<[Container, Partial<AudioStream>, string, string[]]>([
    ['mov', {}, 'pcm_s16le', []],
    ['mov', { codecName: 'pcm_s24le' }, 'pcm_s24le', []],
    ['mov', { codecName: 'flac' }, 'pcm_s24le', []],
    ['mov', { codecName: 'aac' }, 'pcm_s16le', []],
    ['mkv', { channels: 12, channelLayout: null }, 'pcm_s16le', []],
    ['mxf', { codecName: 'pcm_s24be' }, 'pcm_s24le', []],
    ['mp4', {}, 'aac', ['-b:a', '192000']],
    ['webm', {}, 'libopus', ['-b:a', '128000']],
    ['webm', { channels: 6, channelLayout: '5.1' }, 'libopus', ['-b:a', '384000']],
  ])('%s takes %o as %s', (container, track, encoder, options) => {
    const { value, warnings } = planned(container, track);
    expect([value[0]?.encoder, value[0]?.encoderOptions]).toEqual([encoder, options]);
    expect(warnings).toEqual([]);
  });

  it.each([9, 10, 12, 16, 24])('MP4 holds %i channels as Opus, with a warning', (channels) => {
    const { value, warnings } = planned('mp4', { channels, channelLayout: null });
    expect(value[0]?.encoder).toBe('libopus');
    expect(value[0]?.encoderOptions).toContain('-mapping_family');
    expect(warnings[0]).toContain(`has ${channels} channels in a layout`);
  });

  it('5.1 with side speakers gets the name that AAC and Opus know', () => {
    const track = { channels: 6, channelLayout: '5.1(side)' };
    expect(planned('mp4', track).value[0]?.layout).toBe('5.1');
    expect(planned('webm', track).value[0]?.encoderOptions).not.toContain('-mapping_family');
    expect(planned('mov', track).value[0]?.layout).toBeNull();
  });
});

describe('sample rates', () => {
  it.each<[Container, number, number]>([
    ['mov', 96_000, 96_000],
    ['mkv', 44_100, 44_100],
    ['mp4', 44_100, 44_100],
    ['mp4', 50_000, 64_000],
    ['mp4', 192_000, 96_000],
    ['mxf', 44_100, 48_000],
    ['webm', 96_000, 48_000],
  ])('%s takes %i Hz as %i', (container, sampleRate, expected) => {
    const { value, warnings } = planned(container, { sampleRate });
    expect(value[0]?.sampleRate).toBe(expected);
    expect(warnings.length).toBe(sampleRate === expected ? 0 : 1);
  });
});

describe('languages', () => {
  it.each<[Container, string, string | null]>([
    ['mov', 'deu', 'ger'],
    ['mov', 'fre', 'fra'],
    ['mov', 'nld', 'dut'],
    ['mp4', 'deu', 'deu'],
    ['mkv', 'fra', 'fra'],
    ['mov', 'hrv', null],
    ['mxf', 'eng', null],
  ])('in %s, %s is written as %s', (container, language, written) => {
    const { value, warnings } = planned(container, { tags: { language } });
    expect(value[0]?.language).toBe(written);
    expect(warnings.length).toBe(written === null ? 1 : 0);
  });

  it('an undetermined language is none', () => {
    expect(planned('mxf', { tags: { language: 'und' } }).warnings).toEqual([]);
  });
});

describe('time', () => {
  it('a track that starts late is as long as from the first frame', () => {
    const [track] = planned('mov', { startSeconds: 0.5, durationSeconds: 9 }).value;
    expect([track?.offset, track?.duration]).toEqual([0.5, 9.5]);
  });

  it('a track that starts early loses its lead', () => {
    const [track] = planned('mov', { startSeconds: -0.5, durationSeconds: 10.5 }).value;
    expect([track?.offset, track?.duration]).toEqual([-0.5, 10]);
  });

  it('a track that ends before the picture begins is skipped, but for MXF, where it is silent', () => {
    const early = { startSeconds: -3, durationSeconds: 2 };
    expect(planned('mov', early)).toEqual({
      value: [],
      warnings: ['Audio track 1 is skipped: it ends before the picture begins.'],
    });
    expect(planned('mxf', early).value[0]).toMatchObject({ silentTail: 10.1, duration: 10 });
  });

  it('MXF ends with the picture, and says what is cut', () => {
    const { value, warnings } = planned('mxf', { durationSeconds: 10.25 });
    expect(value[0]?.duration).toBe(10);
    expect(warnings).toEqual([
      'Audio track 1 is cut by 0.250 s at the end of the picture: MXF holds no sound beyond it.',
    ]);
  });

  it('a track without a declared length promises none', () => {
    expect(planned('mov', { durationSeconds: null }).value[0]?.duration).toBeNull();
  });
});
