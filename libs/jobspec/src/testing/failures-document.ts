import { CAUSE_CODES, CAUSES, filledIn, type CauseCode } from '../failure/causes.ts';
import { FAILURE_TYPES, FAILURES, type FailureType, OWNERS } from '../failure/failure-types.ts';
import { FINDINGS } from '../failure/findings.ts';
import { JobFailure } from '../failure/job-failure.ts';
import { EXAMPLE_VIOLATIONS, FAILURE_EXAMPLES } from './failure-examples.ts';

/** Example failure of a cause, as in results. */
export function exampleOf(code: CauseCode): JobFailure {
  const violations = EXAMPLE_VIOLATIONS[code] ?? [];
  return new JobFailure(code, FAILURE_EXAMPLES[code], { violations });
}

/** Text of docs/failures.md: each failure with its sentence and advice. */
export function failuresDocument(): string {
  return [
    '# Every failure',
    'What each failure means, and what to do. Log, result and dashboard use the same sentences. The names are the codes in `cause` ([facts of a result](results.md#facts)); the sentences are examples.',
    '“Submit the job again” means [`watch-folder-runner retry`](plan.md#retrying), which submits only what is not made; for a JobSpec that you changed, use `watch-folder-runner submit`.',
    '“Report it” means an [issue](https://github.com/watch-folder-runner/watch-folder-runner/issues) with the result file. A proxy that failed its checks is kept next to the others; the result gives its path.',
    '`retryable` is `true` if the same JobSpec may succeed later or on another machine. With `false` it fails again until something is corrected.',
    '<!-- npm run failures writes this file. -->',
    ...FAILURE_TYPES.map(sectionOf),
    '## Why a source is no clip',
    '`format_unsupported` has these in `findings`.',
    table(
      ['finding', 'what to do'],
      Object.entries(FINDINGS).map(([name, advice]) => [`\`${name}\``, adviceText(advice)]),
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
    const action = adviceText(remedy, 'findings' in facts.arguments);
    return [`\`${code}\``, what, action, OWNERS[who], again(retryable)];
  });
  const header = ['cause', 'what it says', 'what to do', 'who', 'retryable'];
  return `## ${type}: ${FAILURES[type].short}\n\n${table(header, rows)}`;
}

/** Some causes decide by their arguments. */
const again = (retryable: unknown) =>
  typeof retryable === 'boolean' ? String(retryable) : 'it depends';

/** Words for advice that depends on the clip; the result has it. */
const BY_CLIP: Record<string, string> = {
  remedy: 'The result says what to do with this clip.',
  hint: 'The result says what to do, by [Resolve’s code](resolve.md#when-it-does-not-answer).',
  command: 'the result has the command.',
};
const BY_FINDING = { remedy: 'See [its finding](#why-a-source-is-no-clip) in the result.' };

function adviceText(advice: string, hasFindings = false): string {
  const places = hasFindings ? { ...BY_CLIP, ...BY_FINDING } : BY_CLIP;
  return filledIn(advice, places);
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map(lineOf).join('\n');
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}
