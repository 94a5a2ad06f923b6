import { extname } from 'node:path';
import { endsAtLimit, spansAmong, type Span } from '@app/engines';
import { avchdShots } from './avchd-shots.ts';
import type { Clip } from './examine.ts';
import { slashed } from './found.ts';
import { p2Shots } from './p2-shots.ts';

/** Shots that lie in several files. */
export interface Shots {
  spans: readonly Span[];
  /** Parts of shots whose other parts aren't among the clips. */
  incomplete: readonly string[];
  /** Files that end where their card's filesystem made them end. */
  cut: readonly string[];
}

/** By names, and by the indexes of cards that have some. The parts of a RED clip are one clip, whose length doesn't tell anything. */
export async function shotsAmong(clips: readonly Clip[]): Promise<Shots> {
  const paths = clips.map(({ path }) => slashed(path));
  const p2 = await p2Shots(paths);
  const spans = [...spansAmong(paths), ...(await avchdShots(paths)), ...p2.spans];
  const known = new Set([...spans.flat(), ...p2.incomplete]);
  const cut = clips.filter(
    ({ path, sizeBytes }) =>
      endsAtLimit(sizeBytes) && !known.has(slashed(path)) && extname(path).toLowerCase() !== '.r3d',
  );
  return { spans, incomplete: p2.incomplete, cut: cut.map(({ path }) => path) };
}
