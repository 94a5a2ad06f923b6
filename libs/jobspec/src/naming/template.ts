import { MAX_TEMPLATE_LENGTH } from '../vocabulary/limits.ts';

/** A token, or a brace that belongs to none. */
const PARTS = /\{([^{}]*)\}|[{}]/g;

/** The tokens of a template in their order, without braces, known or not. */
export function parseTemplate(template: string): { tokens: string[]; strayBraces: boolean } {
  const parts = [...template.matchAll(PARTS)].map(([, token]) => token);
  const tokens = parts.filter((token) => token !== undefined);
  return { tokens, strayBraces: tokens.length < parts.length };
}

/** The tokens of whatever stands in `naming_template`; one that is too long is not read. */
export const tokensOf = (template: unknown): string[] =>
  typeof template === 'string' && !isTooLong(template) ? parseTemplate(template).tokens : [];

export const isTooLong = (template: string): boolean =>
  template.length > MAX_TEMPLATE_LENGTH && characterCount(template) > MAX_TEMPLATE_LENGTH;

/** Characters of Unicode, as JSON Schema counts them; in JavaScript a character is one or two code units. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Replaces every token; what comes out of a token is not looked at again. */
export const fillTemplate = (template: string, valueOf: (token: string) => string): string =>
  template.replace(PARTS, (part, token?: string) => (token === undefined ? part : valueOf(token)));

/** How many bytes of UTF-8 the filled template has, without making it. */
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
