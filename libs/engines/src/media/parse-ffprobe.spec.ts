import { describe, expect, it } from 'vitest';
import { parseFfprobe, parseProbeResult } from './parse-ffprobe.ts';

/** Parses a file of one stream, described as ffprobe would. */
function parseStream(stream: Record<string, unknown>) {
  const media = parseFfprobe({ format: { format_name: 'mxf' }, streams: [stream] });
  const [parsed] = media.streams;
  if (!parsed) throw new Error('no stream');
  return parsed;
}

describe('what ffprobe does not know', () => {
  it.each([undefined, 'unknown', 'none', ''])('a codec name of %j is null', (codec_name) => {
    expect(parseStream({ codec_type: 'video', codec_name }).codecName).toBeNull();
  });

  it.each(['0/0', '25/0', 'N/A', undefined])('a frame rate of %j is null', (r_frame_rate) => {
    expect(parseStream({ codec_type: 'video', r_frame_rate })).toMatchObject({ frameRate: null });
  });

  it.each(['0:1', '1:0', undefined])('a sample aspect ratio of %j is null', (ratio) => {
    const stream = parseStream({ codec_type: 'video', sample_aspect_ratio: ratio });
    expect(stream).toMatchObject({ sampleAspectRatio: null });
  });

  it('sizes of 0 and unknown words are null', () => {
    const video = { codec_type: 'video', width: 0, height: 0, field_order: 'unknown' };
    const colour = { color_range: 'unknown', color_primaries: 'unknown', profile: 'unknown' };
    expect(parseStream({ ...video, ...colour })).toMatchObject({
      width: null,
      height: null,
      fieldOrder: null,
      colorRange: null,
      colorPrimaries: null,
      profile: null,
    });
  });

  it('a stream without a type is of unknown kind and carries no codec tag', () => {
    expect(parseStream({ index: 4 })).toMatchObject({
      kind: 'unknown',
      index: 4,
      codecTag: '[0][0][0][0]',
    });
  });
});

describe('what ffprobe does know', () => {
  it('rationals stay strings and counts become numbers', () => {
    const rates = { r_frame_rate: '24000/1001', avg_frame_rate: '24/1' };
    const counts = { nb_frames: '240', time_base: '1/24000', bits_per_raw_sample: '10' };
    expect(parseStream({ codec_type: 'video', ...rates, ...counts })).toMatchObject({
      frameRate: '24000/1001',
      averageFrameRate: '24/1',
      declaredFrames: 240,
      tickSeconds: 1 / 24_000,
    });
  });

  it('the rotation comes from the display matrix among the side data', () => {
    const side_data_list = [
      { side_data_type: 'Content light level metadata', max_content: 1000 },
      { side_data_type: 'Display Matrix', rotation: -90 },
    ];
    const stream = parseStream({ codec_type: 'video', side_data_list });
    expect(stream).toMatchObject({ rotationDegrees: -90, sideData: side_data_list });
  });

  it.each([
    ['matroska,webm', 0.04],
    ['mov,mp4,m4a,3gp,3g2,mj2', 2],
  ])(
    'a stream’s length in %s is %d s, where a tag says 0.04 and ffprobe 2',
    (format_name, seconds) => {
      const tags = { DURATION: '00:00:00.040000000' };
      const stream = { codec_type: 'video', duration: '2.000000', start_time: '0.000000', tags };
      const { streams } = parseFfprobe({ format: { format_name }, streams: [stream] });
      expect(streams[0]?.durationSeconds).toBe(seconds);
    },
  );

  it.each([
    ['as old as they are', '2026-11-30T07:21:50.000000Z', 2, '60'],
    ['of another date', '2026-11-30T07:21:51.000000Z', null, undefined],
    ['without a date, as FFmpeg writes it', undefined, null, undefined],
  ])('statistics of Matroska are those of a file %s', (_, creation_time, seconds, count) => {
    const format = { format_name: 'matroska,webm', tags: { creation_time } };
    const tags = {
      'DURATION-eng': '00:00:02.000000000',
      'NUMBER_OF_FRAMES-eng': '60',
      '_STATISTICS_WRITING_DATE_UTC-eng': '2026-11-30 07:21:50',
    };
    const stream = { codec_type: 'video', start_time: '0.1', tags };
    const [video] = parseFfprobe({ format, streams: [stream] }).streams;
    expect(video?.durationSeconds).toBe(seconds);
    expect(video?.tags['number_of_frames-eng']).toBe(count);
  });

  it('a length of mkvmerge’s statistics is one, where sound begins before zero', () => {
    const format = { format_name: 'matroska,webm', start_time: '-0.007', duration: '1.301' };
    const tags = { DURATION: '00:00:01.001000000', _STATISTICS_TAGS: 'BPS DURATION' };
    const stream = { codec_type: 'video', start_time: '0.300', tags };
    expect(parseFfprobe({ format, streams: [stream] }).streams[0]?.durationSeconds).toBe(1.001);
  });

  it('tag keys are lower case and a tag called __proto__ is only a tag', () => {
    const tags: unknown = JSON.parse('{"TIMECODE":"01:00:00;00","__proto__":"x","n":1}');
    const parsed = parseStream({ codec_type: 'data', tags }).tags;
    expect(Object.entries(parsed)).toEqual([
      ['timecode', '01:00:00;00'],
      ['__proto__', 'x'],
    ]);
  });

  it('a cover picture is marked', () => {
    const cover = { codec_type: 'video', disposition: { attached_pic: 1 } };
    expect(parseStream(cover).isAttachedPicture).toBe(true);
    expect(parseStream({ codec_type: 'video' }).isAttachedPicture).toBe(false);
  });
});

describe('a probe result', () => {
  it('carries the error in the words of ffprobe', () => {
    const json = {
      error: { code: -1094995529, string: 'Invalid data found when processing input' },
    };
    expect(parseProbeResult(json)).toEqual({ error: 'Invalid data found when processing input' });
  });

  it.each([null, {}, [], 'text', { streams: [] }])('of %j is an error', (json) => {
    expect(parseProbeResult(json)).toEqual({ error: 'ffprobe gave no description' });
  });

  it('is a description otherwise', () => {
    const json = { format: { format_name: 'mxf', duration: '1.000000' }, streams: ['?', null] };
    expect(parseProbeResult(json)).toEqual({
      media: {
        formatName: 'mxf',
        startSeconds: null,
        durationSeconds: 1,
        tags: {},
        streams: [],
        programs: [],
      },
    });
  });

  it('without a format name is no description of a file', () => {
    expect(() => parseFfprobe({ format: {} })).toThrow(TypeError);
  });
});
