import { describe, expect, it } from 'vitest';
import { ffmpegEnding, ffmpegErrors, firstCause } from './ffmpeg-log.ts';

describe('why a proxy can’t be read', () => {
  it('is told in FFmpeg’s words, by what the machine lacks first', () => {
    const stderr =
      '[h264 @ 0x5] [error] get_buffer() failed\n[vist#0:0/h264 @ 0x6] [error] Error submitting packet to decoder: Cannot allocate memory';
    expect(firstCause(stderr)).toBe(
      'vist#0:0/h264: Error submitting packet to decoder: Cannot allocate memory',
    );
    expect(firstCause('[dec:h264 @ 0x55] [error] corrupt decoded frame')).toBe(
      'dec:h264: corrupt decoded frame',
    );
  });

  it('is unknown where FFmpeg says nothing', () => {
    expect(firstCause('')).toBeNull();
  });
});

describe('why FFmpeg ended', () => {
  it.each([
    [
      '[in#0/mov @ 0x55] [error] Error during demuxing: partial file\n[mov @ 0x1] [error] partial file',
      'source_damaged',
    ],
    ['[h264 @ 0x55] [error] error while decoding MB 3 4, bytestream -5', 'source_damaged'],
    [
      '[vost#0:0/prores @ 0x5] [error] Application provided invalid, non monotonically increasing dts to muxer',
      'pictures_out_of_turn',
    ],
    [
      '[vost#0:0/libx264 @ 0x5] [error] Non-monotonic DTS; previous: 0, current: 0; aborting.',
      'pictures_out_of_turn',
    ],
    [
      '[aost#3:1/pcm_s16le @ 0x5] [error] Non-monotonic DTS; previous: 95232, current: 0; aborting.',
      'sound_out_of_turn',
    ],
    ['[in#0/mpegts @ 0x55] [error] corrupt input packet in stream 0', 'stream_has_gaps'],
    ...['mov,mp4,m4a,3gp,3g2,mj2', 'mxf', 'avi', 'matroska,webm'].map((format) => [
      `[in#0/${format} @ 0x55] [error] corrupt input packet in stream 0`,
      'source_damaged',
    ]),
    ['[aac @ 0x55] [error] Input buffer exhausted before END element found', 'source_damaged'],
    ['[h264 @ 0x55] [error] A non-intra slice in an IDR NAL unit.', 'source_damaged'],
    [
      '[aist#0:1/ac3 @ 0x5] [dec:ac3 @ 0x6] [error] Error processing packet in decoder: Error number -16976906 occurred',
      'source_damaged',
    ],
    [
      '[matroska,webm @ 0x5] [error] Element at 0x10c4b ending at 0x1054f6 exceeds containing master element ending at 0x142f9',
      'source_damaged',
    ],
    ['[matroska @ 0x5] [error] something new of the writer', 'encoder_exited'],
    ['[vost#0:0/rawvideo @ 0x5] [fatal] Empty output stream', 'source_damaged'],
    ['[h264 @ 0x5] [error] non-existing PPS 0 referenced', 'source_begins_between'],
    ['[aost#1:0/pcm_s16le @ 0x5] [fatal] Empty output stream', 'track_silent'],
    [
      '[panic] Assertion s->buf_ptr < s->buf_end failed at src/libavcodec/put_bits.h:150',
      'codec_has_no_room',
    ],
    ["[Eval @ 0x7] [error] Undefined constant or missing '(' in 'x'", 'ffmpeg_lacking'],
    ['[dnxhd @ 0x5] [error] something new', 'encoder_exited'],
    ['[fatal] something new', 'encoder_exited'],
  ])('%j', (stderr, code) => {
    expect(ffmpegEnding(stderr)).toEqual({ code, said: expect.any(String) as string });
  });

  it('is told by the cause, not by what follows from it', () => {
    const stderr = [
      '[vist#0:0/h264 @ 0x1] [error] Error submitting packet to decoder: Invalid data found',
      '[h264 @ 0x2] [error] no frame!',
      '[vf#0:0 @ 0x3] [error] Task finished with error code: -1094995529',
    ].join('\n');
    expect(ffmpegEnding(stderr).said).toBe('h264: no frame!');
  });

  it('is what FFmpeg can’t decode yet, wherever it says so', () => {
    const stderr = [
      '[jpeg2000 @ 0x2] [error] error during processing marker segment ff52',
      '[vist#0:0/jpeg2000 @ 0x1] [dec:jpeg2000 @ 0x3] [error] Error submitting packet to decoder: Not yet implemented in FFmpeg, patches welcome',
      '[vist#0:0/jpeg2000 @ 0x1] [dec:jpeg2000 @ 0x3] [error] Task finished with error code: -1163346256 (Not yet implemented in FFmpeg, patches welcome)',
    ].join('\n');
    expect(ffmpegEnding(stderr).code).toBe('decoder_lacking');
  });

  it('is what follows, where nothing else is told', () => {
    expect(ffmpegEnding('[error] Conversion failed!').said).toBe('Conversion failed!');
  });

  it('is not told by warnings, or by words of another program', () => {
    expect(ffmpegEnding('[mov @ 0x1] [warning] odd\nsomething went wrong')).toEqual({
      code: 'encoder_exited',
      said: null,
    });
    expect(ffmpegErrors('[info] fine')).toEqual([]);
  });

  it('is a warning, where a decoder leaves out a part of a frame', () => {
    const left = '[hevc @ 0x1] [warning] Skipping invalid undecodable NALU: 21';
    expect(ffmpegErrors(left)).toEqual([
      { component: 'hevc', message: 'Skipping invalid undecodable NALU: 21' },
    ]);
  });
});
