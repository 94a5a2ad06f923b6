import { printable } from './words.ts';

const MAX_SHOWN = 60;

/** Value for a message: short, on one line, control characters escaped. */
export function quoted(value: unknown): string {
  if (typeof value === 'string') return printable(shortened(value));
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

/** `a`, `a and b`, `a, b, c and 7 more`. */
export function enumerated(items: readonly string[], most = 3): string {
  const named = items.slice(0, most);
  const rest = items.length - named.length;
  if (rest > 0) return `${named.join(', ')} and ${formatCount(rest)} more`;
  return named.length > 1 ? `${named.slice(0, -1).join(', ')} and ${named.at(-1)}` : named.join('');
}

/** `10,000`, whatever the machine's language. */
export const formatCount = (count: number) => count.toLocaleString('en-US');

/** Path of a key below a field: `resolved_tokens.reel`, `resolved_tokens["a b"]`, `sources[1]`. */
export function pathOf(segments: readonly (string | number)[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === 'number') return `${path}[${segment}]`;
    if (!/^[$\w-]+$/.test(segment) || segment.length > MAX_SHOWN)
      return `${path}[${quoted(segment)}]`;
    return path === '' ? segment : `${path}.${segment}`;
  }, '');
}

function shortened(text: string): string {
  if (text.length <= MAX_SHOWN) return text;
  const start = text.slice(0, MAX_SHOWN).replace(/\p{Surrogate}$/u, '');
  return `${start}…`;
}
