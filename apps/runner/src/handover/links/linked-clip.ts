import type { MadeClip } from '../clips/index.ts';

/** Editing systems attach one proxy to a clip: the first of these, or else the first by name. */
const PREFERRED = ['prores', 'dnxhd', 'h264'];

/** One proxy of each source, in the order of the proxies, and how many others there are. */
export function onePerSource(made: readonly MadeClip[]): { chosen: MadeClip[]; others: number } {
  const bySource = new Map<string, MadeClip>();
  for (const clip of made) {
    const known = bySource.get(clip.source);
    if (known === undefined || rankOf(clip) < rankOf(known)) bySource.set(clip.source, clip);
  }
  const chosen = new Set(bySource.values());
  return {
    chosen: made.filter((clip) => chosen.has(clip)),
    others: made.length - chosen.size,
  };
}

function rankOf({ videoCodec }: MadeClip): number {
  const place = PREFERRED.indexOf(videoCodec ?? '');
  return place < 0 ? PREFERRED.length : place;
}
