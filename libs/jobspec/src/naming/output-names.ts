import { parse } from 'node:path';
import type { NamingToken } from '../vocabulary/vocabulary.ts';
import { MAX_TEMPLATE_LENGTH } from '../vocabulary/limits.ts';

/** Fields of a JobSpec that names are made of. */
export interface NamedBy {
  readonly naming_template: string;
  readonly container: string;
  readonly codec: string;
  readonly resolution: string;
  readonly created_at?: string | undefined;
  readonly sources: readonly string[];
}

/** Values of the tokens for one source. */
export type TokenValues = Readonly<Record<NamingToken, string>>;

/**
 * Output file names of all sources, with the container's extension, in the order of the sources. Pure: the same JobSpec and job
 * id give the same names. `parseJobSpec` has made sure that they are legal and unique.
 *
 * @param jobId see `jobIdOf`; value of the token `{job_id}`
 */
export function outputNames(spec: NamedBy, jobId: string): string[] {
  return Array.from(
    tokenValues(spec, jobId),
    (values) => `${stemFor(spec.naming_template, values)}.${spec.container}`,
  );
}

/** Values of the burn-in tokens that have the same meaning in names, for one source. */
export function burnInValues(
  spec: NamedBy,
  jobId: string,
  index: number,
): Readonly<Record<'source_name' | 'job_id' | 'date', string>> {
  const { date, job_id } = fixedValues(spec, jobId);
  return { source_name: parse(spec.sources[index] ?? '').name, job_id, date };
}

/** Name without extension. */
export const stemFor = (template: string, values: TokenValues): string =>
  fillTemplate(template, (token) => values[token as NamingToken]);

/** Values of the tokens for each source in order. */
export function* tokenValues(spec: NamedBy, jobId: string): Generator<TokenValues> {
  const fixed = fixedValues(spec, jobId);
  for (const [index, source] of spec.sources.entries()) {
    const { name, ext } = parse(source);
    yield {
      ...fixed,
      source_name: name,
      source_ext: ext.slice(1),
      index: String(index).padStart(3, '0'),
    };
  }
}

/** Date and time are digits as written: no time zone is converted, so no machine's zone can change a name. */
function fixedValues({ codec, resolution, created_at = '' }: NamedBy, jobId: string) {
  const date = created_at.slice(0, 10).replaceAll('-', '');
  const time = created_at.slice(11, 19).replaceAll(':', '');
  return { codec, resolution, date, time, job_id: jobId };
}

/** Token, or a brace that belongs to none. */
const PARTS = /\{([^{}]*)\}|[{}]/g;

/** Tokens of a template in their order, without braces, known or not. */
export function parseTemplate(template: string): { tokens: string[]; strayBraces: boolean } {
  const parts = [...template.matchAll(PARTS)].map(([, token]) => token);
  const tokens = parts.filter((token) => token !== undefined);
  return { tokens, strayBraces: tokens.length < parts.length };
}

/** Tokens of an unchecked `naming_template`; none if it is too long. */
export const tokensOf = (template: unknown): string[] =>
  typeof template === 'string' && !isTooLong(template) ? parseTemplate(template).tokens : [];

export const isTooLong = (template: string): boolean =>
  template.length > MAX_TEMPLATE_LENGTH && characterCount(template) > MAX_TEMPLATE_LENGTH;

/** Number of Unicode characters, as JSON Schema counts them; in JavaScript a character is one or two code units. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Replaces every token; values are not searched for tokens. */
const fillTemplate = (template: string, valueOf: (token: string) => string): string =>
  template.replace(PARTS, (part, token?: string) => (token === undefined ? part : valueOf(token)));

/** Length of the filled template in bytes of UTF-8, without building it. */
export function filledBytes(template: string, valueOf: (token: string) => string): number {
  const sizes = new Map<string, number>();
  let bytes = Buffer.byteLength(template);
  for (const token of parseTemplate(template).tokens) {
    const size = sizes.get(token) ?? Buffer.byteLength(valueOf(token));
    sizes.set(token, size);
    bytes += size - Buffer.byteLength(`{${token}}`);
  }
  return bytes;
}
