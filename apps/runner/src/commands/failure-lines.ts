import type { FailureType, Violation } from '@app/jobspec';

/** Why a JobSpec is refused. */
export interface RefusedFile {
  file: string;
  /** `null` when it could not even be read. */
  failure_type: FailureType | null;
  failure_reason: string | null;
  violations: readonly Violation[];
}

/** Says for people why a JobSpec is refused: a line for the failure, then one for each broken rule. */
export function failureLines(refused: RefusedFile): string[] {
  const { file, failure_type, failure_reason, violations } = refused;
  const lines = [`${file}: ${failure_type ?? 'unreadable'}: ${failure_reason}`];
  for (const { path, message, line, column } of violations) {
    const place = line === undefined ? '' : ` (line ${line}, column ${column})`;
    lines.push(`  ${path || 'document'}: ${message}${place}`);
  }
  return lines;
}
