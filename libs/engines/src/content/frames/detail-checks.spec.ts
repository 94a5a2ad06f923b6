import { expect, it } from 'vitest';
import { detailChecks } from './detail-checks.ts';
import { DetailComparison } from './detail-comparison.ts';
import { LINES_EVERY, sampledLines } from './sampled-lines.ts';

const SIZE = { width: 640, height: 360 };
const form = sampledLines({ size: SIZE, pixelFormat: 'yuv420p' });
const { width, height } = form.size;
const COUNT = 6;
const timing = { mode: 'passthrough', rate: { numerator: 25, denominator: 1 } };
type Planned = Parameters<typeof detailChecks>[0];
const video = { size: SIZE, timing };
const plan = { codec: 'h264', video, timecode: '10:00:00:00' } as unknown as Planned;

type Numbers = Record<'beside' | 'colour_beside', number>;
type Plane = (x: number, y: number) => number;
type Frame = readonly [Plane, Plane, Plane];

const strokes = (x: number, y: number) => (x % 64 < 24 ? 60 * Math.sin(x / 1.9 + y) : 0);

/** Less than 1, the same for the same seed. */
const random = (seed: number) => Math.abs(Math.sin(seed * 12.9) * 43_758) % 1;

/** Fine strokes that move by three pixels a picture, over calm colours with edges that all differ. */
function source(number: number): Frame {
  const at = (x: number) => x + 3 * number;
  return [
    (x, y) => 120 + strokes(at(x), y) + 30 * Math.sin(at(x) / 23),
    (x) => 90 + 70 * random(Math.floor(at(x) / 19.7)),
    (x) => 100 + 60 * random(Math.floor(at(x) / 23.3)),
  ];
}

/** Rounding as a codec leaves it, the same every time. */
const coded = ([y, u, v]: Frame): Frame => [
  (at, row) => y(at, row) + ((at * 7 + row * 3) % 5) - 2,
  u,
  v,
];

function stacked(one: Frame, other: Frame): Uint8Array {
  const planes = one.flatMap((plane, index) =>
    [plane, other[index] as Plane].map((show) => {
      const [w, h] = index === 0 ? [width, height] : [width / 2, height / 2];
      return Uint8Array.from({ length: w * h }, (_, at) => show(at % w, Math.floor(at / w)));
    }),
  );
  return Buffer.concat(planes);
}

function check(damage: (frame: Frame, number: number) => Frame, lines = COUNT, size = SIZE) {
  const comparison = new DetailComparison(form);
  for (let number = 0; number < COUNT; number++) {
    const frame = source(number);
    comparison.take(stacked(frame, damage(coded(frame), number)));
  }
  const counts = { pictures: COUNT * LINES_EVERY, lines };
  return detailChecks({ ...plan, video: { ...plan.video, size } }, comparison.finish(), counts);
}

const luma =
  (change: (y: Plane) => Plane) =>
  ([y, u, v]: Frame): Frame => [change(y), u, v];
const blurred =
  (y: Plane): Plane =>
  (x, row) =>
    [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5].reduce((sum, by) => sum + y(x + by, row), 0) / 11;
const colours =
  (change: (plane: Plane) => Plane) =>
  ([y, u, v]: Frame): Frame => [y, change(u), change(v)];
const snow = (x: number, y: number) => 30 * Math.sin(x * x * 977 + y * 7919);
const isInMiddle = (x: number, y: number) =>
  Math.abs(x / width - 0.5) < 1 / 6 && Math.abs(y / height - 0.5) < 1 / 6;

const DEFECTS: Record<string, (frame: Frame, number: number) => Frame> = {
  'blurred throughout': luma(blurred),
  'one picture blurred': (frame, number) => (number === 2 ? luma(blurred)(frame) : frame),
  'a mosaic': luma((y) => (x, row) => y(x - (x % 8), row)),
  'a mosaic in one part': luma(
    (y) => (x, row) => (x < 160 && row < 30 ? y(x - (x % 8), row) : y(x, row)),
  ),
  'a mosaic in a ninth': luma(
    (y) => (x, row) => (isInMiddle(x, row) ? y(x - (x % 8), row) : y(x, row)),
  ),
  'noise in a ninth': ([y, u, v]) => [
    y,
    (x, row) => u(x, row) + (isInMiddle(2 * x, 2 * row) ? snow(x, row) : 0),
    v,
  ],
  sharpened: luma((y) => (x, row) => 2 * y(x, row) - blurred(y)(x, row)),
  snow: ([y, u, v]) => [y, (x, row) => u(x, row) + snow(x, row), v],
  'a pixel beside its place': luma((y) => (x, row) => y(x - 1, row)),
  'colour beside its luma': ([y, u, v]) => [
    y,
    (x, row) => u(x - 3, row),
    (x, row) => v(x - 3, row),
  ],
  'colour a sample beside its luma': ([y, u, v]) => [
    y,
    (x, row) => u(x - 1, row),
    (x, row) => v(x - 1, row),
  ],
  'colour blurred': ([y]) => [y, () => 128, () => 128],
  'a mark burnt in': luma(
    (y) => (x, row) => (x >= 96 && x < 128 && row >= 40 && row < 44 ? 235 : y(x, row)),
  ),
  'a column': luma((y) => (x, row) => (x === 301 ? 235 : y(x, row))),
};

it('detail that a codec has rounded is there', () => {
  expect(check((frame) => frame)).toMatchObject([{ check: 'detail', passed: true }]);
});

it('noise all over a picture is no detail that a codec must keep', () => {
  const comparison = new DetailComparison(form);
  const around = (seed: number) => (Math.abs(Math.sin(seed) * 43_758) % 1) - 0.5;
  const grain = (number: number) => (x: number, y: number) =>
    100 +
    [1, 2, 3, 4].reduce((sum, nth) => sum + 20 * around(nth + 4 * (x + 640 * (y + number))), 0);
  const grey = () => 128;
  for (let number = 0; number < COUNT; number++)
    comparison.take(stacked([grain(number), grey, grey], [() => 100, grey, grey]));
  const counts = { pictures: COUNT * LINES_EVERY, lines: COUNT };
  expect(detailChecks(plan, comparison.finish(), counts)).toMatchObject([{ passed: true }]);
});

it('what a codec makes of a checkerboard of single pixels is no noise', () => {
  const comparison = new DetailComparison(form);
  const grey = () => 128;
  const board = (x: number, y: number) => ((x + y) % 2 === 0 ? 235 : 16);
  const rounded = (x: number, y: number) =>
    (board(x, y) > 128 ? 220 : 30) + ((x * 7 + y) % 60) - 30;
  for (let number = 0; number < COUNT; number++)
    comparison.take(stacked([board, grey, grey], [rounded, grey, grey]));
  const counts = { pictures: COUNT * LINES_EVERY, lines: COUNT };
  expect(detailChecks(plan, comparison.finish(), counts)).toMatchObject([{ passed: true }]);
});

it('what a codec takes from stripes that stand in every picture it looks at is no mark', () => {
  const comparison = new DetailComparison(form);
  const grey = () => 128;
  const stripes = (x: number) => (x % 12 < 6 ? 190 : 60);
  const lossy = (x: number) => stripes(x) + (x % 24 === 2 ? 40 : 0);
  for (let number = 0; number < COUNT; number++)
    comparison.take(stacked([stripes, grey, grey], [lossy, grey, grey]));
  const counts = { pictures: COUNT * LINES_EVERY, lines: COUNT };
  expect(detailChecks(plan, comparison.finish(), counts)).toMatchObject([{ passed: true }]);
});

it.each([
  ['their own waves', 0, true],
  ['waves that were added', 85, false],
])('dots that a codec spreads over their blocks are no noise: %s', (_, peak, passed) => {
  const comparison = new DetailComparison(form);
  const grey = () => 128;
  const isDot = (x: number, y: number) => x % 16 === 8 && y % 4 === 2;
  const dots = (x: number, y: number) => (isDot(x, y) ? 235 : 60);
  const waves = (x: number, y: number) => 60 + (y % 4 === 2 ? 25 : 3) * Math.cos(1.6 * (x - 8));
  const spread = (x: number, y: number) => (isDot(x, y) ? 150 + peak : waves(x, y));
  for (let number = 0; number < COUNT; number++)
    comparison.take(stacked([dots, grey, grey], [spread, grey, grey]));
  const counts = { pictures: COUNT * LINES_EVERY, lines: COUNT };
  const [found] = detailChecks(plan, comparison.finish(), counts);
  expect(found).toMatchObject({ passed });
});

it.each(Object.keys(DEFECTS))('is found to be wrong: %s', (name) => {
  expect(check(DEFECTS[name] as (typeof DEFECTS)[string])).toMatchObject([{ passed: false }]);
});

it.each([
  ['dnxhr', true],
  ['dnxhd', true],
  ['prores_proxy', true],
  ['av1', true],
  ['vp9', true],
  ['prores_lt', false],
  ['h264', false],
  ['h265', false],
  ['hevc', false],
])('colour without its fine detail passes in codecs that keep none: %s, %s', (codec, passed) => {
  const comparison = new DetailComparison(form);
  const grey = () => 128;
  for (let number = 0; number < COUNT; number++) {
    const at = (x: number) => x + 3 * number;
    const text = (x: number) => (at(x) % 64 > 16 ? 128 : at(x) % 7 < 3 ? 118 : 138);
    comparison.take(stacked([grey, text, text], [grey, grey, grey]));
  }
  const counts = { pictures: COUNT * LINES_EVERY, lines: COUNT };
  const planned = { ...plan, codec } as typeof plan;
  expect(detailChecks(planned, comparison.finish(), counts)).toMatchObject([{ passed }]);
});

it.each([
  ['prores_proxy', true],
  ['dnxhr', true],
  ['prores_lt', false],
])('a still line of one pixel may turn grey at a low rate: %s, %s', (codec, passed) => {
  const comparison = new DetailComparison(form);
  const grey = () => 128;
  const page = (line: number) => (_: number, y: number) => (y === 20 ? line : 235);
  for (let number = 0; number < COUNT; number++)
    comparison.take(stacked([page(16), grey, grey], [page(90), grey, grey]));
  const counts = { pictures: COUNT * LINES_EVERY, lines: COUNT };
  const planned = { ...plan, codec } as typeof plan;
  expect(detailChecks(planned, comparison.finish(), counts)).toMatchObject([{ passed }]);
});

it.each([
  ['dnxhr', true],
  ['dnxhd', true],
  ['prores_lt', true],
  ['h264', false],
])('black text that rolls may leave some noise: %s, %s', (codec, passed) => {
  const comparison = new DetailComparison(form);
  const grey = () => 128;
  for (let number = 0; number < COUNT; number++) {
    const page = (x: number) => ((x + 3 * number) % 211 < 5 ? 16 : 225);
    const noisy = (x: number, y: number) => page(x) + 4 * ((x * 7 + y * 3 + number) % 5) - 8;
    comparison.take(stacked([page, grey, grey], [noisy, grey, grey]));
  }
  const counts = { pictures: COUNT * LINES_EVERY, lines: COUNT };
  const planned = { ...plan, codec } as typeof plan;
  const [found] = detailChecks(planned, comparison.finish(), counts);
  expect(found).toMatchObject({ passed });
});

it.each([
  ['beside', -3, luma],
  ['beside', -1, luma],
  ['beside', 1, luma],
  ['colour_beside', -3, colours],
  ['colour_beside', -1, colours],
  ['colour_beside', 2, colours],
] as const)('%s tells what lies %i samples to the side', (number, by, planes) => {
  const [found] = check(planes((plane) => (x, row) => plane(x + by, row)));
  const { expected, actual } = found as { expected: Numbers; actual: Numbers };
  expect(actual[number]).toBeGreaterThan(expected[number]);
});

const isLine = (x: number, pitch: number, wide: number) => (x + pitch) % pitch < wide;
const bars = (x: number) => isLine(x, 220, 3);

it.each<[string, Plane, number]>([
  ['a few', (x) => (bars(x) ? 190 : 100), 0],
  [
    'a few, and a line of text',
    (x, row) => (bars(x) ? 190 : row === 3 ? 100 + strokes(x, row) : 100),
    0,
  ],
  ['many at regular distances', (x) => (isLine(x, 24, 8) ? 140 : 100), 0],
  ['the same, moving by three pixels', (x) => (isLine(x, 24, 8) ? 140 : 100), 3],
])('upright lines lie alike in the blocks of a codec, and tell no shift: %s', (_, lines, step) => {
  const comparison = new DetailComparison(form);
  const grey = () => 128;
  for (let number = 0; number < COUNT; number++) {
    const at = LINES_EVERY * step * number;
    const moved = (by: number) => (x: number, row: number) => lines(x + at + by, row);
    comparison.take(stacked([moved(0), grey, grey], [moved(1), grey, grey]));
  }
  const counts = { pictures: COUNT * LINES_EVERY, lines: COUNT };
  const [found] = detailChecks(plan, comparison.finish(), counts);
  expect(found?.actual).toMatchObject({ beside: 0 });
});

it('a column near the left edge is no less wrong where the right edge is brighter', () => {
  const comparison = new DetailComparison(form);
  const grey = () => 128;
  const halves = (x: number) => (x < width / 2 ? 60 : 190);
  const marked = (x: number) => halves(x) + (x === 2 ? 50 : 0);
  for (let number = 0; number < COUNT; number++)
    comparison.take(stacked([halves, grey, grey], [marked, grey, grey]));
  const counts = { pictures: COUNT * LINES_EVERY, lines: COUNT };
  expect(detailChecks(plan, comparison.finish(), counts)).toMatchObject([{ passed: false }]);
});

it.each([
  [128, false],
  [127, true],
])('the detail of few samples of colour says nothing: %i lines', (lines, passed) => {
  const damage = DEFECTS['colour beside its luma'] as (typeof DEFECTS)[string];
  const small = { ...SIZE, height: lines };
  expect(check(damage, COUNT, small)).toMatchObject([{ passed }]);
});

it('names the picture of the clip', () => {
  const [found] = check(DEFECTS['one picture blurred'] as (typeof DEFECTS)[string]);
  expect(found?.actual).toMatchObject({ frame: 2 * LINES_EVERY, timecode: '10:00:00:16' });
});

it('a source that counted its pictures anew is not compared', () => {
  expect(check((frame) => frame, COUNT + 1)).toEqual([]);
});

it.each([
  ['as it was', 1, true],
  ['blurred by a pixel', 3, false],
])('alpha is kept without loss: %s', (_, by, passed) => {
  const transparent = sampledLines({ size: SIZE, pixelFormat: 'yuva444p10le' });
  const comparison = new DetailComparison(transparent);
  const stripes = (x: number) => (x % 32 < 16 ? 16 : 220);
  const found = (x: number) =>
    Array.from({ length: by }, (__, n) => stripes(x + n)).reduce((all, one) => all + one, 0) / by;
  const [above, below] = [stripes, found].map((plane) =>
    Uint8Array.from({ length: width * height }, (__, at) => plane(at % width)),
  );
  const colours = stacked(source(0), source(0));
  for (let number = 0; number < COUNT; number++)
    comparison.take(Buffer.concat([colours, above as Uint8Array, below as Uint8Array]));
  const counts = { pictures: COUNT * LINES_EVERY, lines: COUNT };
  expect(detailChecks(plan, comparison.finish(), counts)).toMatchObject([{ passed }]);
});

const near = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
const soft = luma((y) => (x, row) => near.reduce((sum, by) => sum + y(x + by, row), 0) / 9);

it('half of the resolution is found', () => {
  expect(check(soft)).toMatchObject([{ passed: false }]);
});

it('frames are found that are softer than the one before them in the same shot', () => {
  const comparison = new DetailComparison(form);
  for (let number = 0; number < COUNT; number++)
    comparison.take(stacked(source(0), number > 2 ? soft(source(0)) : source(0)));
  const counts = { pictures: COUNT * LINES_EVERY, lines: COUNT };
  const proxy = { ...plan, codec: 'prores_proxy' } as Planned;
  const [drop] = detailChecks(proxy, comparison.finish(), counts);
  expect(drop).toMatchObject({ passed: false, actual: { frame: 3 * LINES_EVERY } });
  const { kept_beside = 1 } = (drop?.actual ?? {}) as { kept_beside?: number };
  expect(kept_beside).toBeLessThan(0.4);
});
