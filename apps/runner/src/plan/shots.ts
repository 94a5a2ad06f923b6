import { extname } from 'node:path';
import { endsAtLimit, spansAmong, type Span } from '@app/engines';
import type { Clip } from './examine.ts';
import { slashed } from './found.ts';

/** Shots that lie in several files, and files that end where their card's filesystem made them end. */
export interface Shots {
  spans: readonly Span[];
  cut: readonly string[];
}

/** The parts of a RED clip are one clip, whose length doesn't tell anything. */
export function shotsAmong(clips: readonly Clip[]): Shots {
  const spans = spansAmong(clips.map(({ path }) => slashed(path)));
  const known = new Set(spans.flat());
  const cut = clips.filter(
    ({ path, sizeBytes }) =>
      endsAtLimit(sizeBytes) && !known.has(slashed(path)) && extname(path).toLowerCase() !== '.r3d',
  );
  return { spans, cut: cut.map(({ path }) => path) };
}
