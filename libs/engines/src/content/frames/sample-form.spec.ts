import { expect, it } from 'vitest';
import { isTiny, roughness, sampleForm } from './sample-form.ts';

const PROGRESSIVE = { order: 'progressive' } as const;

it.each([
  ['1920x1080', '96x56'],
  ['1080x1920', '96x56'],
  ['4096x2160', '96x56'],
  ['384x224', '96x56'],
  ['383x223', '92x52'],
  ['320x180', '80x44'],
  ['90x160', '20x40'],
  ['16x16', '4x4'],
  ['2x2', '4x4'],
])('a proxy of %s is compared as %s', (of, as) => {
  const [width = 0, height = 0] = of.split('x').map(Number);
  const form = sampleForm({ size: { width, height }, pixelFormat: 'yuv420p', scan: PROGRESSIVE });
  expect(`${form.size.width}x${form.size.height}`).toBe(as);
  expect(form.bytes).toBe(form.size.width * form.size.height * 1.5);
});

it.each([
  ['yuv420p', 'progressive', false, false, 1.5],
  ['yuv422p10le', 'top-first', false, true, 1.5],
  ['yuva444p10le', 'bottom-first', true, true, 2.5],
] as const)('of %s, %s', (pixelFormat, order, hasAlpha, hasFields, each) => {
  const form = sampleForm({ size: { width: 1920, height: 1080 }, pixelFormat, scan: { order } });
  expect(form).toMatchObject({ hasAlpha, hasFields, bytes: 96 * 56 * each });
});

it.each([
  [96, 56, 1],
  [48, 28, 1],
  [24, 14, 2],
])('of %d by %d samples %d times as much is allowed', (width, height, times) => {
  const form = { size: { width, height }, hasAlpha: false, hasFields: false, bytes: 0 };
  expect(roughness(form)).toBe(times);
});

it('a few columns or rows are too little', () => {
  expect(isTiny({ width: 4000, height: 1 })).toBe(true);
  expect(isTiny({ width: 1, height: 4000 })).toBe(true);
  expect(isTiny({ width: 640, height: 360 })).toBe(false);
});
