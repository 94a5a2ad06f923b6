import { describe, expect, it } from 'vitest';
import { ffmpegErrors, ffmpegReason, proxyReason } from './error-words.ts';

describe('why a proxy can’t be read', () => {
  it.each([
    [
      '[dec:h264 @ 0x55] [error] corrupt decoded frame',
      'check its storage, then submit the job again (dec:h264: corrupt decoded frame)',
    ],
    [
      '[h264 @ 0x5] [error] get_buffer() failed\n[vist#0:0/h264 @ 0x6] [error] Error submitting packet to decoder: Cannot allocate memory',
      'the machine has too little memory for this clip (vist#0:0/h264: Error submitting packet to decoder: Cannot allocate memory)',
    ],
  ])('%s', (stderr, reason) => {
    expect(proxyReason(stderr)).toBe(reason);
  });

  it('is unknown where FFmpeg says nothing', () => {
    expect(proxyReason('')).toBeNull();
  });
});

describe('why FFmpeg ended', () => {
  it.each([
    [
      '[in#0/mov @ 0x55] [error] Error during demuxing: partial file\n[mov @ 0x1] [error] partial file',
      'the source ends in the middle of its data: copy it again (mov: partial file)',
    ],
    [
      '[h264 @ 0x55] [error] error while decoding MB 3 4, bytestream -5',
      'the source is damaged, or not as its header says (h264: error while decoding MB 3 4, bytestream -5)',
    ],
    [
      '[vost#0:0/prores @ 0x5] [error] Application provided invalid, non monotonically increasing dts to muxer',
      'pictures of the source have times out of order: make a copy in which they follow each other, with its rate in the place of 25: “ffmpeg -i CLIP -map 0:v -map "0:a?" -vf "setpts=\'STARTPTS+N/(25)/TB\'" -r 25 -c:v prores_ks -c:a pcm_s24le NEW.mov” (vost#0:0/prores: Application provided invalid, non monotonically increasing dts to muxer)',
    ],
    [
      '[vost#0:0/libx264 @ 0x5] [error] Non-monotonic DTS; previous: 0, current: 0; aborting.',
      'pictures of the source have the same time: make a copy in which they follow each other, with its rate in the place of 25: “ffmpeg -i CLIP -map 0:v -map "0:a?" -vf "setpts=\'STARTPTS+N/(25)/TB\'" -r 25 -c:v prores_ks -c:a pcm_s24le NEW.mov” (vost#0:0/libx264: Non-monotonic DTS; previous: 0, current: 0; aborting)',
    ],
    [
      '[aost#3:1/pcm_s16le @ 0x5] [error] Non-monotonic DTS; previous: 95232, current: 0; aborting.',
      'the sound of the source has times out of order: make a copy whose sound is decoded, as with “ffmpeg -i CLIP -map 0:v -map "0:a?" -c:v copy -af aresample=async=1 -c:a pcm_s24le NEW.mkv” (aost#3:1/pcm_s16le: Non-monotonic DTS; previous: 95232, current: 0; aborting)',
    ],
    [
      '[in#0/mpegts @ 0x55] [error] corrupt input packet in stream 0',
      'a part of the source’s stream is missing, or it was joined from parts: copy it again or, if it is whole, rewrap it, as with “ffmpeg -i CLIP -map 0 -c copy NEW.ts” (in#0/mpegts: corrupt input packet in stream 0)',
    ],
    [
      '[aac @ 0x55] [error] Input buffer exhausted before END element found',
      'the source is damaged, or not as its header says (aac: Input buffer exhausted before END element found)',
    ],
    [
      '[h264 @ 0x55] [error] A non-intra slice in an IDR NAL unit.',
      'the source is damaged, or not as its header says (h264: A non-intra slice in an IDR NAL unit)',
    ],
    [
      '[vost#0:0/rawvideo @ 0x5] [fatal] Empty output stream',
      'nothing of the source could be decoded: it has a header and no whole picture or sound (vost#0:0/rawvideo: Empty output stream)',
    ],
    [
      '[h264 @ 0x5] [error] non-existing PPS 0 referenced',
      'the source begins in the middle of a recording, or is damaged: cut it at a key picture, or copy it again (h264: non-existing PPS 0 referenced)',
    ],
    [
      '[aost#1:0/pcm_s16le @ 0x5] [fatal] Empty output stream',
      'a track of the source has no sound while the picture lasts: rewrap the clip without it (aost#1:0/pcm_s16le: Empty output stream)',
    ],
    [
      '[panic] Assertion s->buf_ptr < s->buf_end failed at src/libavcodec/put_bits.h:150',
      'the codec has no room for so much detail in so small a picture: choose a larger resolution or another codec (Assertion s->buf_ptr < s->buf_end failed at src/libavcodec/put_bits.h:150)',
    ],
    ['[dnxhd @ 0x5] [error] something new', 'dnxhd: something new'],
    ['[fatal] something new', 'something new'],
  ])('%j', (stderr, reason) => {
    expect(ffmpegReason(stderr)).toBe(reason);
  });

  it('is told by the cause, not by what follows from it', () => {
    const stderr = [
      '[vist#0:0/h264 @ 0x1] [error] Error submitting packet to decoder: Invalid data found',
      '[h264 @ 0x2] [error] no frame!',
      '[vf#0:0 @ 0x3] [error] Task finished with error code: -1094995529',
    ].join('\n');
    expect(ffmpegReason(stderr)).toContain('(h264: no frame!)');
  });

  it('is what follows, where nothing else is told', () => {
    expect(ffmpegReason('[error] Conversion failed!')).toBe('Conversion failed!');
  });

  it('is not told by warnings, or by words of another program', () => {
    expect(ffmpegReason('[mov @ 0x1] [warning] odd\nsomething went wrong')).toBeNull();
    expect(ffmpegErrors('[info] fine')).toEqual([]);
  });
});
