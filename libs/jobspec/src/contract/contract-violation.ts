import { JobFailure } from '../failure/job-failure.ts';
import type { Violation } from '../failure/cause.ts';
import { MAX_LISTED_VIOLATIONS } from '../vocabulary/limits.ts';
import * as say from '../wording/messages.ts';
import { JOBSPEC_FIELDS } from './fields.ts';

const fields: readonly string[] = JOBSPEC_FIELDS;

/**
 * Violations by field, in the order of the contract. A hostile file may have millions: each field keeps as many as a
 * result may list; the rest are only counted.
 */
export class Violations {
  readonly #byRank = Array.from({ length: fields.length + 2 }, (): Violation[] => []);
  #count = 0;

  /** @returns true if there were any */
  add(violations: Iterable<Violation>): boolean {
    const before = this.#count;
    for (const violation of violations) {
      const kept = this.#byRank[rankOf(violation)];
      if (kept && kept.length < MAX_LISTED_VIOLATIONS) kept.push(violation);
      this.#count += 1;
    }
    return this.#count > before;
  }

  /** True if at least one of the fields has a violation. */
  concerns(names: readonly string[]): boolean {
    return names.some((name) => this.#byRank[rankOf({ path: name })]?.length !== 0);
  }

  /** Failure that lists the violations; `null` without any. */
  get failure(): JobFailure | null {
    if (this.#count === 0) return null;
    const listed = this.#byRank.flat().slice(0, MAX_LISTED_VIOLATIONS);
    const rest = this.#count - listed.length;
    if (rest > 0) listed.push({ path: '', message: say.moreViolations(rest) });
    const named = new Set(listed.map(({ path }) => fieldOf(path)));
    const facts = { fields: [...named], count: this.#count };
    return new JobFailure('contract_broken', facts, { violations: listed });
  }
}

/** Failure that lists these violations, at least one. */
export function contractViolation(violations: readonly Violation[]): JobFailure {
  const all = new Violations();
  all.add(violations);
  if (all.failure === null) throw new Error('a contract violation needs a violation');
  return all.failure;
}

/** Position in the order of the contract: the document first, unknown fields last. */
function rankOf({ path }: Pick<Violation, 'path'>): number {
  if (path === '') return 0;
  const place = fields.indexOf(fieldOf(path));
  return place === -1 ? fields.length + 1 : place + 1;
}

function fieldOf(path: string): string {
  return /^[$\w-]*/.exec(path)?.[0] ?? '';
}
