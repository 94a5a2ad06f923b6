import { cardOf } from '@app/engines';
import type { Clip } from './examine.ts';
import { slashed } from './found.ts';

/** How many clips of which layout lie in a medium. */
export interface CardCount {
  medium: string;
  /** `null` for no layout that is known. */
  card: string | null;
  clips: number;
}

/** Counts clips by medium and layout, in their order. */
export function cardsIn(clips: readonly Clip[]): CardCount[] {
  const counts = new Map<string, CardCount>();
  for (const { path, medium } of clips) {
    const card = cardOf(slashed(path))?.title ?? null;
    const key = `${medium}\n${card}`;
    const count = counts.get(key) ?? { medium, card, clips: 0 };
    count.clips += 1;
    counts.set(key, count);
  }
  return [...counts.values()];
}
