import type { Cause } from './cause.ts';
import { causeRow } from './causes.ts';

/** Equal for failures that one look explains: by code, and by the arguments that tell one from another of the same code. */
export function causeKeyOf({ code, arguments: facts }: Cause): string {
  const row = causeRow(code);
  return JSON.stringify([code, ...(row?.apart ?? []).map((name: string) => facts[name] ?? null)]);
}
