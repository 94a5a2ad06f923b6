import { expect, it } from 'vitest';
import { media, proxyRequest, video } from '../../testing/clips.ts';
import { planProxy } from '../proxy/plan-proxy.ts';
import { verificationFailure, verifyOutput } from './verify-output.ts';

const TICKS = 90_000;
const FRAMES = Array.from({ length: 250 }, (_, n) => n / 25);
const MOVED = FRAMES.map((time, n) => (n < 100 ? time : time + 0.332));
const BEGUN_AGAIN = FRAMES.map((time, n) => (n < 100 ? time : time - 4));

/** What is said of a stream by the times of its packets and of its pictures, in seconds. */
function failureOf(stored: readonly number[], frameTimes: readonly number[], untimed = 0) {
  const { plan } = planProxy(proxyRequest({}), media([video()]));
  if (!plan) throw new Error('no plan');
  const count = stored.length + untimed;
  const times = stored.map((time) => time * TICKS);
  const packets = { count, shown: count, times, first: 0, end: null, sizes: [], firstKey: null };
  const source = media([video({ packets, tickSeconds: 1 / TICKS })], { formatName: 'mpegts' });
  const run = { duplicatedFrames: 0, droppedFrames: 0, frameTimes, frameTick: 1 / TICKS };
  return verificationFailure(verifyOutput(plan, media([video()]), { ...run, source }))?.message;
}

it('pictures that FFmpeg shows late behind a time that goes back are all that is said', () => {
  expect(failureOf(FRAMES, MOVED)).toBe(
    'Output verification failed: the proxy differs from its source: one time of the source goes back, and FFmpeg shows what follows 0.332 s late. Make a copy at one rate that keeps all others, with its own in the place of 25: “ffmpeg -copyts -start_at_zero -i CLIP -map 0:v -map "0:a?" -r 25 -c:v prores_ks -c:a pcm_s24le NEW.mov”.',
  );
});

it.each([
  ['of pictures that are shown when they are stored', FRAMES, FRAMES],
  ['of a recording that begins again', BEGUN_AGAIN, MOVED],
  ['of a hole that the stream has itself', MOVED, MOVED],
  ['where the last packets have no times', MOVED.slice(0, -9), MOVED, 9],
])('no clock has moved, %s', (_, stored, shown, untimed = 0) => {
  expect(failureOf(stored, shown, untimed)).not.toContain('one time of the source goes back');
});
