import { describe, expect, it } from 'vitest';
import { frameChecks } from './frame-checks.ts';
import { FrameComparison } from './frame-comparison.ts';
import { sampleForm } from './sample-form.ts';

const SIZE = { width: 1280, height: 720 };
const COUNT = 40;

type Frame = Uint8Array;

/** A plan of which only what the checks read is there. */
function planOf(codec: 'prores_4444' | 'h264' | 'dnxhr', order: 'progressive' | 'top-first') {
  const pixelFormat = codec === 'prores_4444' ? 'yuva444p10le' : 'yuv420p';
  const timing = { rate: { numerator: 25, denominator: 1 } };
  const video = {
    encoderOptions: [],
    size: SIZE,
    pixelFormat,
    timing,
    scan: { order },
  };
  return { codec, video, timecode: '10:00:00:00' } as unknown as Parameters<typeof frameChecks>[0];
}

const plan = planOf('h264', 'top-first');
const form = sampleForm(plan.video);
const { width, height } = form.size;
const SAMPLES = width * height;
const [U, V] = [SAMPLES, SAMPLES * 1.25];

/** A coloured pattern that moves by two samples a picture, each field by one. */
function frame(number: number): Frame {
  const bytes = new Uint8Array(form.bytes);
  for (let at = 0; at < SAMPLES; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const moved = x + 2 * number + (y % 2);
    bytes[at] = 110 + 50 * Math.sin(moved / 5) + 25 * Math.sin(y / 7 + moved / 13);
  }
  for (let at = 0; at < SAMPLES / 4; at++) {
    const [x, y] = [at % (width / 2), Math.floor(at / (width / 2))];
    bytes[U + at] = 128 + 30 * Math.sin(x / 9 + number / 20);
    bytes[V + at] = 128 + 30 * Math.cos(y / 6);
  }
  return bytes;
}

/** Rounding and noise as a codec leaves them, the same every time. */
function coded(source: Frame, number: number): Frame {
  return source.map(
    (value, at) => value + ((Math.imul(at + number * 7919, 0x9e_37_79_b1) >>> 28) % 3) - 1,
  );
}

const SOURCE = Array.from({ length: COUNT }, (_, number) => frame(number));
const HEALTHY = SOURCE.map((source, number) => coded(source, number));

function failed(proxies: readonly Frame[], of = plan, sources = SOURCE): string[] {
  const comparison = new FrameComparison(of);
  for (const [number, proxy] of proxies.entries()) comparison.take(stacked(number, proxy, sources));
  return frameChecks(of, comparison.finish(), COUNT)
    .filter(({ passed }) => !passed)
    .map(({ check }) => check);
}

function stacked(number: number, proxy: Frame, sources = SOURCE): Uint8Array {
  const source = sources[number] ?? new Uint8Array(form.bytes);
  const planes = [0, U, V, form.bytes];
  return Buffer.concat(
    planes
      .slice(0, -1)
      .flatMap((start, plane) =>
        [source, proxy].map((all) => all.subarray(start, planes[plane + 1])),
      ),
  );
}

const one = (change: (proxy: Frame) => Frame) =>
  HEALTHY.map((proxy, number) => (number === 20 ? change(proxy) : proxy));
const every = (change: (proxy: Frame) => Frame) => HEALTHY.map((proxy) => change(proxy));
const from = (number: number) => HEALTHY[Math.min(Math.max(number, 0), COUNT - 1)] as Frame;

function luma(change: (value: number, x: number, y: number, proxy: Frame) => number) {
  return (proxy: Frame) =>
    proxy.map((value, at) =>
      at < SAMPLES ? change(value, at % width, Math.floor(at / width), proxy) : value,
    );
}

/** Exchanges or mixes the planes of colour. */
function colour(change: (u: number, v: number) => [number, number]) {
  return (proxy: Frame) =>
    proxy.map((value, at) => {
      if (at < SAMPLES) return value;
      const place = (at - U) % (SAMPLES / 4);
      const [u, v] = [proxy[U + place] as number, proxy[V + place] as number];
      const [first, second] = change(u - 128, v - 128);
      return 128 + (at < V ? first : second);
    });
}

const DEFECTS: Record<string, readonly Frame[]> = {
  'a picture early throughout': HEALTHY.map((_, number) => from(number + 1)),
  'a picture late throughout': HEALTHY.map((_, number) => from(number - 1)),
  'a picture late from the middle on': HEALTHY.map((_, n) => from(n < 20 ? n : n - 1)),
  'two pictures late': HEALTHY.map((_, number) => from(number - 2)),
  'one picture shown twice': HEALTHY.map((_, number) => from(number === 20 ? 19 : number)),
  'two pictures exchanged': HEALTHY.map((_, n) => from(n === 20 ? 21 : n === 21 ? 20 : n)),
  'frozen for ten pictures': HEALTHY.map((_, n) => from(n >= 20 && n < 30 ? 20 : n)),
  backwards: HEALTHY.map((_, number) => from(COUNT - 1 - number)),
  'a picture missing at the end': HEALTHY.slice(0, -1),
  'one picture of another clip': one(luma((_, x, y) => 128 + 90 * Math.sin(x * y))),
  'one picture black': one(luma(() => 16)),
  'one picture white': one(luma(() => 235)),
  'a flash of green': one((proxy) => proxy.map((value, at) => (at < SAMPLES ? value : 40))),
  'one row wrong by a third': one(luma((value, _, y) => (y === 30 ? value + 20 : value))),
  'a row wrong for ten pictures': HEALTHY.map((proxy, n) =>
    n >= 20 && n < 30 ? luma((value, _, y) => (y === 30 ? value + 20 : value))(proxy) : proxy,
  ),
  'a band of other lines': one(
    luma((value, x, y, p) => (y === 30 ? (p[(x + 45) % width] ?? 0) : value)),
  ),
  'one block lost': one(luma((value, x, y) => (x >> 3 === 5 && y >> 3 === 3 ? 128 : value))),
  'lower half grey': one(luma((value, _, y) => (y > height / 2 ? 128 : value))),
  'upside down': every(luma((_, x, y, p) => p[(height - 1 - y) * width + x] ?? 0)),
  mirrored: every(luma((_, x, y, p) => p[y * width + width - 1 - x] ?? 0)),
  'turned around': every(luma((_, x, y, p) => p[SAMPLES - 1 - y * width - x] ?? 0)),
  'moved by a row': every(luma((_, x, y, p) => p[Math.max(0, y - 1) * width + x] ?? 0)),

  'shown larger': every(luma((_, x, y, p) => p[(y >> 1) * width + (x >> 1)] ?? 0)),
  'fields exchanged': every(luma((_, x, y, p) => p[(y ^ 1) * width + x] ?? 0)),
  negative: every(luma((value) => 255 - value)),
  'full range for limited': every(luma((value) => ((value - 16) * 255) / 219)),
  'limited range for full': every(luma((value) => 16 + (value * 219) / 255)),
  'lifted by six levels': every(luma((value) => value + 6)),
  'planes of colour exchanged': every(colour((u, v) => [v, u])),
  grey: every(colour(() => [0, 0])),
  'half the colour': every(colour((u, v) => [u / 2, v / 2])),
  'colours turned around': every(colour((u, v) => [-u, -v])),
};

const cast = (levels: number) => (proxy: Frame) =>
  proxy.map((value, at) => (at >= U && at < V ? value + levels : value));
const blueShadows = (proxy: Frame) =>
  proxy.map((value, at) => {
    const place = at - U;
    const [x, y] = [place % (width / 2), Math.floor(place / (width / 2))];
    const isDark = at >= U && at < V && (proxy[2 * (y * width + x)] as number) < 80;
    return isDark ? value + 6 : value;
  });

/** As BT.601 is shown that was written by BT.709. Over all hues of the pattern that leaves each mean as it is. */
const matrix = (proxy: Frame) =>
  proxy.map((value, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const isLuma = at < SAMPLES;
    const place = isLuma ? (y >> 1) * (width / 2) + (x >> 1) : (at - U) % (SAMPLES / 4);
    const [u, v] = [U, V].map((plane) => (proxy[plane + place] as number) - 128) as [
      number,
      number,
    ];
    if (isLuma) return value + 0.1 * u + 0.2 * v;
    return at < V ? value + 0.02 * u + 0.11 * v : value + 0.07 * u + 0.02 * v;
  });

describe('colours', () => {
  it.each<[string, readonly Frame[]]>([
    ['a cast of six levels', every(cast(6))],
    ['a cast of a few frames', HEALTHY.map((proxy, n) => (n > 35 ? cast(6)(proxy) : proxy))],
    ['blue shadows', every(blueShadows)],
    ['70 % of the colour', every(colour((u, v) => [0.7 * u, 0.7 * v]))],
    ['another hue', every(colour((u, v) => [0.94 * u - 0.34 * v, 0.34 * u + 0.94 * v]))],
    ['a hue turned by five degrees', every(colour((u, v) => [u - 0.087 * v, v + 0.087 * u]))],
    ['BT.601 for BT.709', every(matrix)],
    ['another gamma', every(luma((value) => 255 * (value / 255) ** (1 / 1.2)))],
    ['more contrast', every(luma((value) => 128 + 1.15 * (value - 128)))],
  ])('are found to be off: %s', (_, proxies) => {
    expect(failed(proxies)).toContain('colours_off_levels');
  });

  it.each([
    ['one frame', SOURCE.slice(0, 1)],
    ['black', [new Uint8Array(form.bytes).fill(16, 0, U).fill(128, U)]],
  ])('of a good proxy of %s are right', (_, sources) => {
    const comparison = new FrameComparison(plan);
    for (const [n, source] of sources.entries())
      comparison.take(stacked(n, coded(source, n), sources));
    const checks = frameChecks(plan, comparison.finish(), sources.length);
    expect(checks.filter(({ passed }) => !passed)).toEqual([]);
  });

  /** Noise around a mean of U and V, or a share of it. */
  const noise = (mean: number, share: number) =>
    SOURCE.map((source, number) =>
      source.map((_, at) => {
        const mixed = Math.imul(at + number * 7919 + 1, 0x9e_37_79_b1);
        const random = (Math.imul(mixed ^ (mixed >>> 15), 0x85_eb_ca_6b) >>> 24) - 128;
        return (at < U ? 128 : mean) + (share * random) / 4;
      }),
    );

  it('of noise may lose the strongest of it', () => {
    expect(failed(noise(128, 0.8), plan, noise(128, 1))).not.toContain('colours_off_levels');
  });

  it.each([
    [-2.6, false],
    [3, true],
    [-6, true],
  ])(
    "of noise by ProRes's search, moved from or to grey by %d levels, are off: %s",
    (levels, isOff) => {
      const searched = { ...plan, codec: 'prores_proxy' } as typeof plan;
      const off = failed(noise(180 + levels, 1), searched, noise(180, 1)).includes(
        'colours_off_levels',
      );
      expect(off).toBe(isOff);
    },
  );

  it('are told as means by the luma of the source, with what is allowed', () => {
    const comparison = new FrameComparison(plan);
    for (const [n, source] of SOURCE.entries())
      comparison.take(stacked(n, cast(n < 16 ? 4 : 0)(source)));
    const check = frameChecks(plan, comparison.finish(), COUNT).find(
      (one) => one.check === 'colours_off_levels',
    );
    expect(check).toMatchObject({
      actual: {
        y: 0,
        u: 1.6,
        v: 0,
        worst: { mean: 'u', levels: 4, frame: 0, timecode: '10:00:00:00' },
      },
      tolerance: { y: 3, u: 2, v: 2, from_grey: 2 },
      passed: false,
    });
  });
});

describe('pictures', () => {
  it.each([
    ['h264', false],
    ['prores_4444', true],
  ] as const)(
    'with a small thing where it is in the next one, and all else in its place: of %s out of place is %s',
    (codec, isFound) => {
      const next = from(21);
      const proxies = one((proxy) =>
        proxy.map((value, at) => {
          const [x, y] = [at % width, Math.floor(at / width)];
          return at < SAMPLES && x >> 2 === 10 && y >> 2 === 6 ? (next[at] ?? 0) : value;
        }),
      );
      const checks = failed(proxies, planOf(codec, 'progressive'));
      expect(checks.includes('pictures_out_of_place')).toBe(isFound);
    },
  );

  it.each(['dnxhr', 'h264'] as const)(
    'of %s where something comes in at the edge of a still screen, and the proxy has less of it, are in their place',
    (codec) => {
      const screen = (levels: number) => {
        const bytes = new Uint8Array(form.bytes).fill(100);
        for (let row = 0; row < 2; row++)
          bytes.fill(100 + levels, row * width + 40, row * width + 48);
        return bytes;
      };
      const proxies = SOURCE.map((_, number) => screen(number > 20 ? 40 : number === 20 ? 18 : 0));
      const sources = SOURCE.map((_, number) => screen(number > 20 ? 40 : number === 20 ? 40 : 18));
      const checks = failed(proxies, planOf(codec, 'progressive'), sources);
      expect(checks).not.toContain('pictures_out_of_place');
    },
  );

  it.each([
    ['h264', 6, false],
    ['h264', 20, true],
    ['prores_4444', 6, true],
  ] as const)(
    'of a still screen, of which a part changes a frame late: of %s by %i levels out of place is %s',
    (codec, levels, isFound) => {
      const screen = (changed: boolean) => {
        const bytes = new Uint8Array(form.bytes).fill(100);
        for (let row = 20; row < 28; row++)
          bytes.fill(100 + (changed ? levels : 0), row * width + 40, row * width + 48);
        return bytes;
      };
      const proxies = SOURCE.map((_, number) => screen(number > 20));
      const sources = SOURCE.map((_, number) => screen(number >= 20));
      const checks = failed(proxies, planOf(codec, 'progressive'), sources);
      expect(checks.includes('pictures_out_of_place')).toBe(isFound);
    },
  );

  it('of a proxy that a codec has rounded are as their source', () => {
    expect(failed(HEALTHY)).toEqual([]);
  });

  it.each(Object.keys(DEFECTS))('are found to be wrong: %s', (name) => {
    expect(failed(DEFECTS[name] ?? [])).not.toEqual([]);
  });

  it('are placed by number and timecode', () => {
    const comparison = new FrameComparison(plan);
    const proxies = DEFECTS['one picture shown twice'] ?? [];
    for (const [number, proxy] of proxies.entries()) comparison.take(stacked(number, proxy));
    const checks = frameChecks(plan, comparison.finish(), COUNT);
    const actual = { pictures: 1, frame: 20, timecode: '10:00:00:20', shows: 'before' };
    expect(checks).toContainEqual(
      expect.objectContaining({ check: 'pictures_out_of_place', actual }),
    );
  });

  it('give the same verdict in chunks of any size', () => {
    const [whole, cut] = [new FrameComparison(plan), new FrameComparison(plan)];
    const bytes = Buffer.concat(HEALTHY.map((proxy, number) => stacked(number, proxy)));
    whole.take(bytes);
    for (let at = 0; at < bytes.length; at += 4099) cut.take(bytes.subarray(at, at + 4099));
    expect(frameChecks(plan, cut.finish(), COUNT)).toEqual(
      frameChecks(plan, whole.finish(), COUNT),
    );
  });
});

it('alpha that is lost is found', () => {
  const transparent = planOf('prores_4444', 'progressive');
  const { bytes, size } = sampleForm(transparent.video);
  const samples = size.width * size.height;
  const framesOf = (alpha: number) => {
    const stack = new Uint8Array(2 * bytes).fill(128);
    stack.fill(90, 3 * samples, 4 * samples);
    return stack.fill(alpha, 4 * samples);
  };
  const checked = [90, 255].map((alpha) => {
    const comparison = new FrameComparison(transparent);
    for (let number = 0; number < 5; number++) comparison.take(framesOf(alpha));
    return frameChecks(transparent, comparison.finish(), 5).find(
      ({ check }) => check === 'alpha_off_levels',
    )?.passed;
  });
  expect(checked).toEqual([true, false]);
});

it.each([1, 15, 16, 17, 32, 33])(
  'of %d pictures, the last is looked at for its colours',
  (count) => {
    const wrong = HEALTHY.slice(0, count).map((proxy, n) =>
      n === count - 1 ? cast(40)(proxy) : proxy,
    );
    const comparison = new FrameComparison(plan);
    for (const [number, proxy] of wrong.entries()) comparison.take(stacked(number, proxy));
    const { colours } = comparison.finish();
    const first = count - ((count - 1) % 16) - 1;
    expect(colours.run).toMatchObject({ mean: 'u', frame: first });
    expect(Math.abs(colours.run.levels)).toBeGreaterThan(2);
    expect(Math.abs(colours.means.u * count)).toBeGreaterThan(35);
  },
);
