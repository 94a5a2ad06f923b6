import { CAUSE_CODES, CAUSES, type CauseCode } from '../failure/causes.ts';
import { FAILURE_TYPES, FAILURES, type FailureType } from '../failure/failure-types.ts';
import { FINDINGS } from '../failure/findings.ts';
import { JobFailure } from '../failure/job-failure.ts';
import { OWNERS } from '../failure/owners.ts';
import { EXAMPLE_VIOLATIONS, FAILURE_EXAMPLES } from './failure-examples.ts';

/** One failure of a cause, as results have it. */
export function exampleOf(code: CauseCode): JobFailure {
  const violations = EXAMPLE_VIOLATIONS[code] ?? [];
  return new JobFailure(code, FAILURE_EXAMPLES[code], { violations });
}

/** Every failure, with what it says and what to do, as docs/failures.md has it. */
export function failuresDocument(): string {
  return [
    '# Every failure',
    'What a failed clip or job says, and what to do. Log, result and dashboard take their words from the same table. The names are the codes in `cause` ([facts of a result](results.md#facts)); the sentences are examples.',
    '<!-- npm run failures writes this file. -->',
    ...FAILURE_TYPES.map(sectionOf),
    '## Why a source is no clip',
    '`format_unsupported` has these in `findings`.',
    table(
      ['finding', 'what to do'],
      Object.entries(FINDINGS).map(([name, advice]) => [`\`${name}\``, shown(advice)]),
    ),
  ].join('\n\n');
}

function sectionOf(type: FailureType): string {
  const codes = CAUSE_CODES.filter((code) => CAUSES[code].type === type);
  const rows = codes.map((code) => {
    const { facts, message } = exampleOf(code);
    const advice = facts.advice ?? '';
    const what = message.endsWith(advice) ? message.slice(0, -advice.length).trim() : message;
    const { advice: remedy, who, retryable } = CAUSES[code];
    return [`\`${code}\``, what, shown(remedy), OWNERS[who], again(retryable)];
  });
  const header = ['cause', 'what it says', 'what to do', 'who', 'retryable'];
  return `## ${type}: ${FAILURES[type].short}\n\n${table(header, rows)}`;
}

/** Some causes take their arguments to tell. */
const again = (retryable: unknown) =>
  typeof retryable === 'boolean' ? String(retryable) : 'it depends';

/** Advice that hangs on the clip: the result has it. */
const BY_CLIP: Record<string, string> = {
  remedy: 'what the result says, by its [finding](#why-a-source-is-no-clip)',
  hint: 'what the result says, by [Resolve’s code](resolve.md#when-it-does-not-answer)',
  command: 'the command in the result',
};

function shown(advice: string): string {
  return advice.replaceAll(
    /\{(\w+)\}/gu,
    (_, name: string) => BY_CLIP[name] ?? 'what the result says',
  );
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map(lineOf).join('\n');
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}
