import type { FailureType, Violation } from '@app/jobspec';

/** Why a JobSpec is refused. */
export interface RefusedFile {
  file: string;
  /** `null` when it could not even be read. */
  failure_type: FailureType | null;
  failure_reason: string | null;
  violations: readonly Violation[];
}

/** The reason would only repeat the first of the broken rules, which are all listed below it. */
const CORRECT = 'correct what is listed here, then try again';

/** Says for people why a JobSpec is refused: a line for the failure, then one for each broken rule. */
export function failureLines(refused: RefusedFile): string[] {
  const { file, failure_type, failure_reason, violations } = refused;
  const reason = failure_type === 'JobSpecValidationError' ? CORRECT : failure_reason;
  const lines = [`${file}: ${failure_type ?? 'unreadable'}: ${reason}`];
  for (const { path, message, line, column } of violations) {
    const place = line === undefined ? '' : ` (line ${line}, column ${column})`;
    // Most messages begin with their field.
    const where = path === '' || message.startsWith(path) ? '' : `${path}: `;
    lines.push(`  ${where}${message}${place}`);
  }
  return lines;
}
