/** A look that leaves nothing as it is. */
export const CDL = {
  slope: [1.1, 1, 0.9],
  offset: [0.02, -0.01, 0.01],
  power: [0.9, 1, 1.1],
  saturation: 1,
} as const;

const CURVE_POINTS = 1024;
const LUT_POINTS = 17;

/** The curves of that look by its formula, as a `.cube` file. */
export function cdlCurves(): string {
  const lines = Array.from({ length: CURVE_POINTS }, (_, point) =>
    [0, 1, 2].map((channel) => graded(point / (CURVE_POINTS - 1), channel)),
  );
  return cube('LUT_1D_SIZE', CURVE_POINTS, lines);
}

/** A look that mixes its channels, as a `.cube` file. */
export function lutTable(): string {
  const steps = Array.from({ length: LUT_POINTS }, (_, step) => step / (LUT_POINTS - 1));
  const lines = steps.flatMap((blue) =>
    steps.flatMap((green) =>
      steps.map((red) => [
        0.05 + 0.8 * red + 0.1 * green,
        0.9 * green ** 1.1 + 0.05 * blue,
        0.1 * red + 0.8 * blue,
      ]),
    ),
  );
  return cube('LUT_3D_SIZE', LUT_POINTS, lines);
}

function graded(value: number, channel: number): number {
  const [slope, offset, power] = [CDL.slope, CDL.offset, CDL.power].map((of) => of[channel] ?? 0);
  return Math.min(1, Math.max(0, value * (slope ?? 1) + (offset ?? 0))) ** (power ?? 1);
}

function cube(kind: string, size: number, lines: readonly number[][]): string {
  const rows = lines.map((line) => line.map((value) => value.toFixed(6)).join(' '));
  return `${kind} ${size}\n${rows.join('\n')}\n`;
}
