import { JobFailure } from '../failure/job-failure.ts';
import { MAX_LISTED_VIOLATIONS } from '../vocabulary/limits.ts';
import * as say from '../wording/messages.ts';
import type { Violation } from '../failure/violation.ts';
import { JOBSPEC_FIELDS } from './fields.ts';

const fields: readonly string[] = JOBSPEC_FIELDS;

/** The failure that lists the violations in the order of the contract, those of one field as they were found. */
export function contractViolation(violations: readonly Violation[]): JobFailure {
  const ordered = violations.toSorted((a, b) => rank(a) - rank(b));
  const listed = ordered.slice(0, MAX_LISTED_VIOLATIONS);
  const rest = ordered.length - listed.length;
  if (rest > 0) listed.push({ path: '', message: say.moreViolations(rest) });
  const reason = say.contractViolation(ordered.map(({ message }) => message));
  return new JobFailure('JobSpecValidationError', reason, { violations: listed });
}

/** The field that a path begins with; the document comes first, unknown fields last. */
export function fieldOf(path: string): string {
  return /^[\w-]*/.exec(path)?.[0] ?? '';
}

function rank({ path }: Violation): number {
  if (path === '') return -1;
  const place = fields.indexOf(fieldOf(path));
  return place === -1 ? fields.length : place;
}
