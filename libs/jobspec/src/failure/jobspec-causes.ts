import type { EngineName } from '../vocabulary/vocabulary.ts';
import { mixedEngines } from '../wording/engine-words.ts';
import { contractViolation, invalidJson } from '../wording/messages.ts';
import { cause, type InFolder } from './cause-row.ts';
import type { Violation } from './violation.ts';

const told = (violations: readonly Violation[]) => violations.map(({ message }) => message);

/** What a JobSpec says that can't be done. */
export const JOBSPEC_CAUSES = {
  invalid_json: cause<{ detail: string; line?: number; column?: number }>({
    type: 'InvalidJsonError',
    who: 'author',
    retryable: false,
    what: ({ detail, line, column }) =>
      invalidJson(line === undefined ? detail : `${detail} (line ${line}, column ${column})`),
    advice: 'Correct the file at that place, then submit the job again.',
    isWhole: true,
  }),
  contract_broken: cause<{ fields: readonly string[]; count: number }>({
    type: 'JobSpecValidationError',
    who: 'author',
    retryable: false,
    what: ({ count }, violations) => contractViolation(told(violations), count),
    advice: 'Correct every mistake that is listed, then submit the job again.',
    isWhole: true,
    apart: ['fields'],
  }),
  sources_missing: cause<{ sources: readonly string[]; advice: string }>({
    type: 'MissingSourcesError',
    who: 'editor',
    retryable: true,
    what: ({ sources, advice }) => `Missing source files: ${sources.join(', ')}${advice}`,
    advice:
      'See whether their volume is mounted on the machine of the runner. Put the clips where the JobSpec says, or correct the paths, then submit the job again.',
    isWhole: true,
  }),
  outside_roots: cause<{ role: string; roots: readonly string[]; paths: readonly string[] }>({
    type: 'PathNotAllowedError',
    who: 'engineer',
    retryable: false,
    what: ({ role, roots, paths }) =>
      `${role} outside the allowed roots (${roots.join(', ')}): ${paths.join(', ')}`,
    advice:
      'Use a folder below one of them, or start the runner with another --allow-source-root or --allow-output-root.',
    isWhole: true,
    apart: ['role'],
  }),
  output_in_watch_folder: cause<InFolder & { state: string }>({
    type: 'PathNotAllowedError',
    who: 'author',
    retryable: false,
    what: ({ directory, state }) =>
      `Output directory lies in ${state}, which belongs to a watch folder: ${directory}.`,
    advice: 'Name a directory outside it.',
  }),
  engines_mixed: cause<Record<EngineName, readonly string[]>>({
    type: 'MixedEngineError',
    who: 'author',
    retryable: false,
    what: (sources) => mixedEngines(sources),
    advice: 'Make two jobs of it: one of camera RAW for Resolve, one of everything else.',
    isWhole: true,
  }),
};
