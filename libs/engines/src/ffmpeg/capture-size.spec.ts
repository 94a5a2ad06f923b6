import { describe, expect, it } from 'vitest';
import { media, proxyRequest, video } from '../../testing/clips.ts';
import { planProxy } from '../proxy/plan-proxy.ts';
import { captureBytes } from './capture-arguments.ts';

/** The samples of a frame. */
const RAW = 8064;
const RATE = 25;

function bytesOf(frames: number | null): number {
  const source = {
    ...media([
      video({
        frameRate: `${RATE}/1`,
        averageFrameRate: `${RATE}/1`,
        declaredFrames: frames,
        durationSeconds: frames && frames / RATE,
      }),
    ]),
    durationSeconds: frames && frames / RATE,
  };
  const { plan, violations } = planProxy(proxyRequest({ resolution: 'half' }), source);
  if (!plan) throw new Error(violations[0]?.message);
  return captureBytes(plan);
}

describe('the room that a clip needs for what it is compared with', () => {
  it('is less than its samples', () => {
    for (const seconds of [1, 60, 600, 3600, 3 * 3600])
      expect(bytesOf(seconds * RATE)).toBeLessThan(seconds * RATE * RAW);
  });

  it('grows with the clip', () => {
    expect(bytesOf(100_000)).toBeGreaterThan(9 * bytesOf(10_000));
    expect(bytesOf(250)).toBeGreaterThan(0);
  });

  it('is not known where nothing is declared', () => {
    expect(bytesOf(null)).toBe(0);
  });
});
