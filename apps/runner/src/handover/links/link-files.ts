import type { MediaInfo } from '@app/engines';
import { severalAtOnce } from '../../process/several-at-once.ts';
import { counted, printable } from '../../text/index.ts';
import type { MadeClip } from '../clips/index.ts';
import { fcpxmlOf } from './fcpxml.ts';
import { onePerSource } from './linked-clip.ts';
import { premiereScript } from './premiere-script.ts';
import { resolveScript } from './resolve-script.ts';

/** What editing systems attach proxies by. */
export interface LinkFiles {
  fcpxml: string;
  resolve: string;
  premiere: string;
  /** Sentences on what they don't hold. */
  notes: string[];
}

/**
 * Makes what attaches each proxy to its source.
 *
 * @param probe what a source says of itself; `null` for one that isn't here.
 */
export async function linkFiles(
  made: readonly MadeClip[],
  probe: (path: string) => Promise<MediaInfo | null>,
): Promise<LinkFiles> {
  const apart = made.filter(({ isFrameForFrame }) => isFrameForFrame === false);
  const able = made.filter(({ isFrameForFrame }) => isFrameForFrame !== false);
  const { chosen, others } = onePerSource(able);
  const clips = await severalAtOnce(chosen, async (clip) => ({
    made: clip,
    source: await probe(clip.source),
  }));
  const pairs = chosen.map(({ source, proxy }) => ({ source, proxy }));
  const unread = clips.filter(({ source }) => source === null).length;
  return {
    fcpxml: fcpxmlOf(clips),
    resolve: resolveScript(pairs),
    premiere: premiereScript(pairs),
    notes: [
      ...apart.map(
        ({ proxy }) =>
          `${printable(proxy)} has other frames than its clip: no editing system attaches it.`,
      ),
      ...(others === 0
        ? []
        : [
            `An editing system attaches one proxy to a clip: ${counted(others, 'further proxy')} of the same clips are in no script. Hand their jobs over alone, with --jobs.`,
          ]),
      ...(unread === 0
        ? []
        : [
            `${counted(unread, 'clip')} can't be read here: their size is not in the FCPXML, and Final Cut may ask for them.`,
          ]),
    ],
  };
}
