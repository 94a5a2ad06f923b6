import { distance } from 'fastest-levenshtein';

/** The word that was probably meant: at most a third of its letters differ; `null` when none is that near. */
export function nearest(word: string, known: readonly string[]): string | null {
  const [best] = known
    .map((candidate) => ({ candidate, edits: distance(word, candidate) }))
    .filter(({ candidate, edits }) => edits <= candidate.length / 3)
    .sort((a, b) => a.edits - b.edits);
  return best?.candidate ?? null;
}
