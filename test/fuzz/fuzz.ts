import * as fc from 'fast-check';

/** Inputs of a property in `npm test`, unless the property says otherwise: the same ones in each run. */
const RUNS = 100;
const SEED = 1;

/**
 * Tries a property with as many inputs as `npm test` has time for, always the same ones. `FUZZ_MINUTES` makes it a long run with ever
 * new inputs; its seed is printed, and `FUZZ_SEED` repeats it. A failure names the smallest input that was found for it.
 *
 * @param runs how many inputs a short run tries
 */
export async function fuzz<T>(
  name: string,
  inputs: fc.Arbitrary<T>,
  holds: (input: T) => unknown,
  runs = RUNS,
): Promise<void> {
  const minutes = Number(process.env['FUZZ_MINUTES'] ?? 0);
  const seed = Number(process.env['FUZZ_SEED'] ?? (minutes > 0 ? Date.now() % 2 ** 31 : SEED));
  let tried = 0;
  const property = fc.asyncProperty(inputs, async (input) => {
    tried += 1;
    await holds(input);
  });
  if (minutes > 0) console.log(`${name}: FUZZ_SEED=${seed}`);
  const limits = { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: minutes * 60_000 };
  const run = await fc.check(property, { seed, ...(minutes > 0 ? limits : { numRuns: runs }) });
  const ranOut = run.interrupted && run.counterexample === null;
  if (run.failed && !ranOut) throw new Error(await fc.asyncDefaultReportMessage(run));
  if (minutes > 0) console.log(`${name}: ${tried} inputs, FUZZ_SEED=${seed}`);
}
