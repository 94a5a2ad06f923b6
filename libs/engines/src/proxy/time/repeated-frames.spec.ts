import { expect, it } from 'vitest';
import { audio, media, proxyRequest, video } from '../../../testing/clips.ts';
import type { VideoStream } from '../../media/index.ts';
import type { ProxyRequest } from '../plan/proxy-plan.ts';
import { planProxy } from '../plan-proxy.ts';

const MXF = { codec: 'dnxhr', container: 'mxf' } as const;
const MOV = { codec: 'dnxhr', container: 'mov' } as const;
const HOUR = 3600;

/** What is refused of a clip that stores so many frames in so many seconds, at a variable rate. */
function refused(
  request: Partial<ProxyRequest>,
  frames: number | null,
  seconds: number,
  more: Partial<VideoStream> = {},
) {
  const averageFrameRate = `${frames ?? 1}/${seconds}`;
  const facts = { declaredFrames: frames, durationSeconds: seconds, averageFrameRate, ...more };
  const source = media([video(facts), audio({ durationSeconds: seconds })], {
    durationSeconds: seconds,
  });
  return planProxy(proxyRequest(request), source).violations ?? [];
}

it('a gap of hours that a constant rate would fill with one frame is refused before any work', () => {
  expect(refused(MXF, 50, 10 * HOUR)).toEqual([
    {
      path: 'container',
      message: expect.stringContaining('stores 50 frames, and 900,000 would be made') as string,
    },
  ]);
});

it('also where times go back', () => {
  const head = { seconds: [0, 0.08, 0.04], firstStored: 0, goesBack: true, topFieldFirst: null };
  expect(refused(MXF, 50, 10 * HOUR, { head })).toMatchObject([{ path: 'container' }]);
});

it('a rate of the job fills it, too', () => {
  expect(refused({ ...MOV, explicitFps: 25 }, 50, 10 * HOUR)).toMatchObject([
    { path: 'fps_explicit' },
  ]);
});

it.each<[string, Partial<ProxyRequest>, number | null, number]>([
  ['where each frame keeps its time', MOV, 50, 10 * HOUR],
  ['a screen recording with a still of half an hour', MXF, 3, HOUR / 2],
  ['a screen recording of hours with a frame each half a minute', MXF, 240, 2 * HOUR],
  ['a phone', MXF, 29 * HOUR, HOUR],
  ['a time-lapse of a day, a frame a second', { ...MOV, explicitFps: 25 }, 24 * HOUR, 24 * HOUR],
  ['a source that counts nothing', MXF, null, 10 * HOUR],
])('%s is made', (_, request, frames, seconds) => {
  expect(refused(request, frames, seconds)).toEqual([]);
});
