import { distance } from 'fastest-levenshtein';

/** Word that was probably meant: at most a third of its letters differ. `null` if none is that close. */
export function nearest(word: string, known: readonly string[]): string | null {
  const [best] = known
    .map((candidate) => ({ candidate, edits: distance(word, candidate) }))
    .filter(({ candidate, edits }) => edits <= candidate.length / 3)
    .sort((a, b) => a.edits - b.edits);
  return best?.candidate ?? null;
}
