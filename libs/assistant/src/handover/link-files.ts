import { plural, printable } from '@app/jobspec';
import type { MadeClip } from './collected-clips.ts';
import { fcpxmlOf } from './fcpxml.ts';
import { premiereScript, resolveScript } from './link-scripts.ts';
import { otioOf } from './otio.ts';
import type { List } from './publish-lists.ts';

/** Files by which editing systems attach proxies, as suffixes and texts, and sentences on what they leave out. */
interface LinkFiles {
  links: List[];
  notes: string[];
}

/** Returns the files that attach each proxy to its source. */
export function linkFiles(made: readonly MadeClip[]): LinkFiles {
  const mismatched = made.filter(({ isFrameForFrame }) => isFrameForFrame === false);
  const linkable = made.filter(({ isFrameForFrame }) => isFrameForFrame !== false);
  const chosen = onePerSource(linkable);
  const others = linkable.length - chosen.length;
  const notes = mismatched.map(
    ({ proxy }) =>
      `${printable(proxy)} doesn't have the same frames as its clip: no editing system can attach it.`,
  );
  if (others > 0)
    notes.push(
      `An editing system attaches one proxy to a clip: ${plural(others, 'further proxy')} of the same clips are in no script. Hand their jobs over alone, with --jobs.`,
    );
  const pairs = chosen.map(({ source, proxy }) => ({ source, proxy }));
  return {
    links: [
      ['.fcpxml', fcpxmlOf(chosen)],
      ['.otio', otioOf(chosen)],
      ['-resolve.py', resolveScript(pairs)],
      ['-premiere.jsx', premiereScript(pairs)],
    ],
    notes,
  };
}

/** Codecs to attach, as editing systems take one proxy per clip. Without one of these, the first by name. */
const PREFERRED = ['prores', 'dnxhd', 'h264'];

/** Returns one proxy per source, in the order given. */
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
