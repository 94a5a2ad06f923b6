import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProxyRequest } from '@app/engines';
import { failedChecks, makeSource, makeProxy, probeJson, temporaryFolder } from './support.ts';

const PRORES: ProxyRequest = {
  codec: 'prores_proxy',
  container: 'mov',
  resolution: 'half',
  explicitFps: null,
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let film = '';
let variable = '';

beforeAll(async () => {
  folder = await temporaryFolder();
  film = await makeSource(
    join(folder.path, 'film.mov'),
    '-f lavfi -i testsrc2=s=320x180:r=24000/1001,trim=end_frame=48 -f lavfi -i sine=440:d=2.002',
    '-c:v libx264 -preset ultrafast -c:a pcm_s16le -timecode 01:00:00:12',
  );
  variable = await makeSource(
    join(folder.path, 'variable.mp4'),
    '-f lavfi -i testsrc2=s=512x288:r=60:d=2 -vf select=not(eq(mod(n\\,7)\\,3))*not(between(n\\,40\\,49))',
    '-fps_mode vfr -c:v libx264 -preset ultrafast',
  );
});
afterAll(() => folder.remove());

describe('a rate that the job sets', () => {
  it.each([
    [25, '25/1', 50, 2, 0],
    [12, '12/1', 24, 0, 24],
    [59.94, '60000/1001', 120, 72, 0],
  ])('%d: repeats and drops are counted', async (explicitFps, rate, frames, repeated, dropped) => {
    const output = join(folder.path, `${explicitFps}.mov`);
    const made = await makeProxy({ ...PRORES, explicitFps }, film, output);
    const { streams } = await probeJson(output);
    expect(streams[0]?.['r_frame_rate']).toBe(rate);
    expect(Math.abs(Number(streams[0]?.['nb_read_packets']) - frames)).toBeLessThanOrEqual(1);
    expect(Math.abs(made.counts.duplicatedFrames - repeated)).toBeLessThanOrEqual(2);
    expect(Math.abs(made.counts.droppedFrames - dropped)).toBeLessThanOrEqual(2);
    expect(failedChecks(made)).toEqual([]);
  });

  it('that is the source’s own changes nothing', async () => {
    const output = join(folder.path, 'same.mov');
    const made = await makeProxy({ ...PRORES, explicitFps: 23.976 }, film, output);
    expect((await probeJson(output)).streams[0]?.['nb_read_packets']).toBe('48');
    expect(made.plan.warnings).toEqual([]);
  });
});

describe('a variable rate', () => {
  it.each([
    ['h264', 'mp4'],
    ['prores_proxy', 'mov'],
    ['vp9', 'webm'],
  ] as const)('keeps every frame in %s', async (codec, container) => {
    const output = join(folder.path, `variable ${codec}.${container}`);
    const made = await makeProxy({ ...PRORES, codec, container }, variable, output);
    const source = await probeJson(variable);
    const proxy = await probeJson(output);
    expect(proxy.streams[0]?.['nb_read_packets']).toBe(source.streams[0]?.['nb_read_packets']);
    expect(Number(proxy.format.duration)).toBeCloseTo(Number(source.format.duration), 1);
    expect(failedChecks(made)).toEqual([]);
  });

  it('becomes constant in MXF, and what is repeated and dropped is counted', async () => {
    const output = join(folder.path, 'variable.mxf');
    const request = { ...PRORES, codec: 'dnxhr', container: 'mxf' } as const;
    const made = await makeProxy(request, variable, output);
    const { format, streams } = await probeJson(output);
    expect(streams[0]?.['r_frame_rate']).toBe('60/1');
    expect(Number(format.duration)).toBeCloseTo(2, 1);
    expect(made.counts.duplicatedFrames + made.counts.droppedFrames).toBeGreaterThan(0);
    expect(failedChecks(made)).toEqual([]);
  });
});
