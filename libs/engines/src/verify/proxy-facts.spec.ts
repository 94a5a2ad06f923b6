import { expect, it } from 'vitest';
import { audio, media, proxyRequest, video } from '../../testing/clips.ts';
import { planProxy } from '../proxy/plan-proxy.ts';
import { plannedFacts } from './verify-output.ts';

it('of a clip that was planned and not made, its result has what its source says', () => {
  const frame = video({ tags: { timecode: '01:00:00:00', reel_name: 'A001' } });
  const { plan } = planProxy(proxyRequest(), media([frame, audio()]));
  if (!plan) throw new Error('no plan');
  expect(plannedFacts(plan)).toMatchObject({
    frames: { source: 250, made: null, repeated: null, dropped: null },
    timecode: '01:00:00:00',
    reel: 'A001',
    source_size: '1920x1080',
    source_sample_rate: 48_000,
  });
});
