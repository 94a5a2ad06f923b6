/**
 * Repeats `step` in `parallel` loops until it says `false` or the deadline passes.
 * @param deadline of `performance.now()`, in milliseconds
 */
export async function workThrough(
  parallel: number,
  deadline: number,
  step: () => Promise<boolean>,
): Promise<void> {
  const loop = async () => {
    while (performance.now() < deadline && (await step()));
  };
  await Promise.all(Array.from({ length: parallel }, loop));
}
