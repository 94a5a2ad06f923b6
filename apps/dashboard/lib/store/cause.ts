import type { FailureType } from '@app/jobspec/result';

const LIMIT = 160;

/**
 * What failures of the same cause have in common: the type and the reason without names, paths and numbers.
 * An exit code is part of the cause.
 */
export function causeOf(type: FailureType | null, reason: string | null): string {
  const common = (reason ?? '')
    .replace(/\([^()]*\)/gu, '')
    .replace(/(["'“‘]).*?["'”’]/gu, '…')
    .replace(/(?:[A-Za-z]:)?[\\/][^,;:]+/gu, '…')
    .replace(/(?<!code )\d+(?:[.:]\d+)*/gu, '#')
    .replace(/…(?:[ ,;]+…)+/gu, '…')
    .replace(/\s+/gu, ' ')
    .trim();
  return `${type ?? ''}\n${common.slice(0, LIMIT)}`;
}
