import type { Container } from '@app/jobspec';
import { codesOf } from '../../media/index.ts';
import { CONTAINER_RULES } from './container-rules.ts';

/** The code to write for a language so that the container keeps it; `null` when it has no place for it. */
export function writableLanguage(code: string, container: Container): string | null {
  const { languages } = CONTAINER_RULES[container];
  if (languages === 'none') return null;
  if (languages === 'all') return code;
  const fits = (name: string) =>
    languages === 'three-letter' ? /^[a-z]{3}$/.test(name) : languages.has(name);
  return codesOf(code).find(fits) ?? null;
}
