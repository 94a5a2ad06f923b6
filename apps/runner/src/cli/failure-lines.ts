import type { FailureType, Violation } from '@app/jobspec';

/** A refused JobSpec and the reasons. */
export interface RefusedFile {
  file: string;
  /** `null` if the file could not be read. */
  failure_type: FailureType | null;
  failure_reason: string | null;
  violations: readonly Violation[];
}

/** Replaces the failure's reason, which would repeat the first violation listed below it. */
const CORRECT = 'correct what is listed here, then try again';

/** Describes a refusal for people: one line for the failure, then one for each violation. */
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
