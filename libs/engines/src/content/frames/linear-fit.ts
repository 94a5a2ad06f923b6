/** Keeps a system solvable whose regressors don't vary; a small share of a level. */
const RIDGE = 1e-6;

/** Mean sizes of the two parts of a value, its own mean left out. */
export interface LinearFit {
  /** What follows from others by a straight line. */
  part: number;
  /** What doesn't. */
  rest: number;
}

/**
 * How much of a value follows from others by a straight line.
 *
 * @param regressors each as long as the values.
 */
export function linearFit(values: Float64Array, regressors: readonly Float64Array[]): LinearFit {
  const centred = regressors.map((column) => centre(column));
  const target = centre(values);
  const matrix = centred.map((row, index) => [
    ...centred.map((column, other) => product(row, column) + (index === other ? RIDGE : 0)),
    product(row, target),
  ]);
  const weights = solve(matrix);
  let [sum, rest] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    let part = 0;
    for (let index = 0; index < centred.length; index++)
      part += ((centred[index] as Float64Array)[at] as number) * (weights[index] as number);
    sum += Math.abs(part);
    rest += Math.abs((target[at] as number) - part);
  }
  return { part: sum / values.length, rest: rest / values.length };
}

function centre(column: Float64Array): Float64Array {
  const centred = new Float64Array(column.length);
  const mean = meanOf(column);
  for (let at = 0; at < column.length; at++) centred[at] = (column[at] as number) - mean;
  return centred;
}

/** A loop, since `reduce` makes an object of each sum. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] as number;
  return sum / values.length;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number);
  return sum / a.length;
}

/** Gauss and Jordan; the matrix is positive and has the right side as its last column. */
function solve(matrix: number[][]): number[] {
  for (const [index, pivot] of matrix.entries()) {
    const scale = pivot[index] as number;
    for (let column = index; column < pivot.length; column++)
      pivot[column] = (pivot[column] as number) / scale;
    for (const row of matrix) {
      if (row === pivot) continue;
      const factor = row[index] as number;
      for (let column = index; column < row.length; column++)
        row[column] = (row[column] as number) - factor * (pivot[column] as number);
    }
  }
  return matrix.map((row) => row.at(-1) as number);
}
