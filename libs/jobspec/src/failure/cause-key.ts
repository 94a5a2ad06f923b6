import type { Cause } from './cause.ts';
import { causeRow } from './causes.ts';

/** Of old results, whose code is a failure type. */
const OF_OLD = ['reason'];

/** Equal for failures that one look explains: by code, and by the arguments that tell one from another of the same code. */
export function causeKeyOf({ code, arguments: facts }: Cause): string {
  const row = causeRow(code);
  const apart = row === null ? OF_OLD : (row.apart ?? []);
  return JSON.stringify([code, ...apart.map((name: string) => facts[name] ?? null)]);
}
