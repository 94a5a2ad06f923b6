import { describe, expect, it } from 'vitest';
import { EncoderProgress } from '../ffmpeg/encoder-progress.ts';
import { interruption } from '../ffmpeg/program-call.ts';
import { runWarnings } from './encode-ending.ts';

const progress = (report = '') => {
  const follower = new EncoderProgress();
  follower.take(Buffer.from(report));
  return follower;
};

it('a run without anything to say has no warnings', () => {
  expect(runWarnings('[mp4 @ 0x55] [warning] track 1 has no timecode\n', progress())).toEqual([]);
});

it('errors that did not end the run are told, each once', () => {
  const stderr =
    '[mjpeg @ 0x55d] [error] bad vlc\n[vist#0:0/mjpeg @ 0x1] [dec:mjpeg @ 0x2] [error] error dc\n[mjpeg @ 0x77] [error] bad vlc\n';
  expect(runWarnings(stderr, progress())).toEqual([
    'FFmpeg reported 3 errors and went on: mjpeg: bad vlc; dec:mjpeg: error dc. Look at the proxy.',
  ]);
});

it('frames that were repeated and dropped are counted', () => {
  expect(runWarnings('', progress('dup_frames=5\ndrop_frames=2\n'))).toEqual([
    'Frames that were repeated: 5, dropped: 2.',
  ]);
});

describe('FFmpeg that reads a proxy', () => {
  const run = { exitCode: null, endedBy: null, stalled: false, stderr: '' };

  it.each([
    ['stalls', { stalled: true, endedBy: 'SIGKILL' }, 'FFmpeg read nothing of the proxy for 9 s'],
    [
      'is killed',
      { endedBy: 'SIGKILL' },
      'ended by SIGKILL while it read the proxy. Unless someone',
    ],
    ['crashes', { endedBy: 'SIGSEGV' }, 'ended by SIGSEGV while it read the proxy. Submit'],
    ['is asked to stop', { exitCode: 255 }, 'ended by a signal while it read the proxy. Submit'],
    [
      'is asked to stop while it opens a file',
      { exitCode: 255, stderr: '[error] Error during demuxing: Immediate exit requested\n' },
      'ended by a signal while it read the proxy. Submit',
    ],
  ])('says nothing of the proxy when it %s', (_, how, words) => {
    expect(interruption({ ...run, ...how }, 'proxy', 9)?.message).toContain(words);
  });

  it.each([
    ['ends well', { exitCode: 0 }],
    ['finds damage', { exitCode: 183 }],
    ['is refused by the system', { exitCode: 255, stderr: '[error] Operation not permitted\n' }],
  ])('is judged by what it gave when it %s', (_, how) => {
    expect(interruption({ ...run, ...how }, 'proxy', 9)).toBeNull();
  });
});
