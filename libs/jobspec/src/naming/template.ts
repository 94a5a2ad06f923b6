/** A token, or a brace that belongs to none. */
const PARTS = /\{([^{}]*)\}|[{}]/g;

/** The tokens of a template in their order, without braces, known or not. */
export function parseTemplate(template: string): { tokens: string[]; strayBraces: boolean } {
  const parts = [...template.matchAll(PARTS)].map(([, token]) => token);
  const tokens = parts.filter((token) => token !== undefined);
  return { tokens, strayBraces: tokens.length < parts.length };
}

/** The tokens of whatever stands in `naming_template`. */
export const tokensOf = (template: unknown): string[] =>
  typeof template === 'string' ? parseTemplate(template).tokens : [];

/** Replaces every token; what comes out of a token is not looked at again. */
export const fillTemplate = (template: string, valueOf: (token: string) => string): string =>
  template.replace(PARTS, (part, token?: string) => (token === undefined ? part : valueOf(token)));
