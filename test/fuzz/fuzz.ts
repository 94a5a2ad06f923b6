import * as fc from 'fast-check';

/** For how long one property is tried as part of `npm test`, in seconds. */
const SHORT_SECONDS = 3;

/**
 * Tries a property for some seconds with ever new inputs. `FUZZ_SEED` repeats a run; `FUZZ_MINUTES` makes it a long one. The seed
 * is printed, and a failure names the smallest input that was found for it.
 */
export async function fuzz<T>(
  name: string,
  inputs: fc.Arbitrary<T>,
  holds: (input: T) => unknown,
): Promise<void> {
  const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
  const minutes = Number(process.env['FUZZ_MINUTES'] ?? SHORT_SECONDS / 60);
  let runs = 0;
  const property = fc.asyncProperty(inputs, async (input) => {
    runs += 1;
    await holds(input);
  });
  // One input, however slow the machine is; then as many as there is time for.
  await fc.assert(property, { seed, numRuns: 1 });
  const run = await fc.check(property, {
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: minutes * 60_000,
  });
  const ranOut = run.interrupted && run.counterexample === null;
  if (run.failed && !ranOut) throw new Error(await fc.asyncDefaultReportMessage(run));
  console.log(`${name}: ${runs} inputs, FUZZ_SEED=${seed}`);
}
