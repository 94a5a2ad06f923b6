import { counted, printable } from '@app/jobspec';
import type { MadeClip } from './collected-clips.ts';
import { fcpxmlOf } from './fcpxml.ts';
import { premiereScript, resolveScript } from './link-scripts.ts';

/** What editing systems attach proxies by: the ends of the files' names and their texts; and sentences on what they don't hold. */
export interface LinkFiles {
  links: [end: string, text: string][];
  notes: string[];
}

/** Makes what attaches each proxy to its source. */
export function linkFiles(made: readonly MadeClip[]): LinkFiles {
  const apart = made.filter(({ isFrameForFrame }) => isFrameForFrame === false);
  const able = made.filter(({ isFrameForFrame }) => isFrameForFrame !== false);
  const chosen = onePerSource(able);
  const others = able.length - chosen.length;
  const unsized = chosen.filter(({ sourceSize }) => sourceSize === null).length;
  const notes = apart.map(
    ({ proxy }) =>
      `${printable(proxy)} has other frames than its clip: no editing system attaches it.`,
  );
  if (others > 0)
    notes.push(
      `An editing system attaches one proxy to a clip: ${counted(others, 'further proxy')} of the same clips are in no script. Hand their jobs over alone, with --jobs.`,
    );
  if (unsized > 0)
    notes.push(
      `The results of ${counted(unsized, 'clip')} don't tell their size, and so the FCPXML doesn't: Final Cut may ask for them.`,
    );
  const pairs = chosen.map(({ source, proxy }) => ({ source, proxy }));
  return {
    links: [
      ['.fcpxml', fcpxmlOf(chosen)],
      ['-resolve.py', resolveScript(pairs)],
      ['-premiere.jsx', premiereScript(pairs)],
    ],
    notes,
  };
}

/** Editing systems attach one proxy to a clip: the first of these, or else the first by name. */
const PREFERRED = ['prores', 'dnxhd', 'h264'];

/** One proxy of each source, in the order of the proxies. */
function onePerSource(made: readonly MadeClip[]): MadeClip[] {
  const bySource = new Map<string, MadeClip>();
  for (const clip of made) {
    const known = bySource.get(clip.source);
    if (known === undefined || rankOf(clip) < rankOf(known)) bySource.set(clip.source, clip);
  }
  const chosen = new Set(bySource.values());
  return made.filter((clip) => chosen.has(clip));
}

function rankOf({ videoCodec }: MadeClip): number {
  const place = PREFERRED.indexOf(videoCodec ?? '');
  return place < 0 ? PREFERRED.length : place;
}
