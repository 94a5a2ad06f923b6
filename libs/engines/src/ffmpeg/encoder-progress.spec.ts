import { describe, expect, it } from 'vitest';
import { EncoderProgress } from './encoder-progress.ts';

const report = (frame: number, speed = '1x') =>
  Buffer.from(
    `frame=${frame}\nfps=25\nout_time_us=${frame * 40_000}\ndup_frames=2\ndrop_frames=1\n` +
      `speed=${speed}\nprogress=continue\n`,
  );

describe('EncoderProgress', () => {
  it('moves while frames are made', () => {
    const progress = new EncoderProgress();
    progress.take(report(1));
    const { movements } = progress;
    progress.take(report(2));
    expect(progress.movements).toBeGreaterThan(movements);
  });

  it('does not move while FFmpeg only repeats itself', () => {
    const progress = new EncoderProgress();
    progress.take(report(7));
    const { movements } = progress;
    progress.take(report(7, '0.9x'));
    progress.take(report(7, '0.8x'));
    expect(progress.movements).toBe(movements);
  });

  it('understands reports that arrive in pieces', () => {
    const progress = new EncoderProgress();
    for (const byte of report(3)) progress.take(Uint8Array.of(byte));
    expect(progress.movements).toBe(4);
    expect(progress.duplicatedFrames).toBe(2);
    expect(progress.droppedFrames).toBe(1);
  });

  it('tells how many frames are made, and how fast', () => {
    const progress = new EncoderProgress();
    expect([progress.frames, progress.speed]).toEqual([0, null]);
    progress.take(report(120, '8.31x'));
    expect([progress.frames, progress.speed]).toEqual([120, 8.31]);
    progress.take(report(121, 'N/A'));
    expect([progress.frames, progress.speed]).toEqual([121, null]);
  });

  it('tells which pictures are the one before once more', () => {
    const progress = new EncoderProgress();
    progress.take(
      Buffer.from(
        ['0 0', '1 40', '1 40', '2 80'].map((line) => `picture=${line} 1/1000\n`).join(''),
      ),
    );
    expect(progress.frameTimes).toEqual([0, 0.04, 0.04, 0.08]);
    expect(progress.repeatedFrames).toBe(1);
  });

  it('counts nothing before the first report', () => {
    expect(new EncoderProgress()).toMatchObject({ duplicatedFrames: 0, droppedFrames: 0 });
  });
});
