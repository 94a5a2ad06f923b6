import { cardsIn } from './cards-in.ts';
import type { Plan } from './outcome.ts';

/** A plan as `--json` prints it. */
export function planJson(plan: Plan): string {
  const { hashes } = plan;
  const report = {
    cards: cardsIn(plan.clips),
    jobs: plan.jobs.map(({ document, fate }) => ({
      name: document.name,
      state: fate,
      execution_engine: document.engine,
      outputs: document.outputs,
      jobspec: document.spec,
    })),
    warnings: plan.clips.flatMap(({ path, warnings }) =>
      warnings.map((reason) => ({ path, reason })),
    ),
    already_made: plan.made,
    already_submitted: plan.alreadySubmitted,
    left_out: plan.leftovers.entries().map(({ kind, count, first }) => ({ kind, count, first })),
    links: plan.links,
    joined: plan.joined,
    hash_lists: plan.lists.map(({ history, files }) => history ?? files[0]),
    hashes: hashes && { matched: hashes.matched, unlisted: hashes.unlisted },
    problems: plan.problems.map(({ path, kind, reason }) => ({ path, kind, reason })),
  };
  return JSON.stringify(report, null, 2);
}
