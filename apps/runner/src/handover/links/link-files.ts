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

/** Makes what attaches each proxy to its source. */
export function linkFiles(made: readonly MadeClip[]): LinkFiles {
  const apart = made.filter(({ isFrameForFrame }) => isFrameForFrame === false);
  const able = made.filter(({ isFrameForFrame }) => isFrameForFrame !== false);
  const { chosen, others } = onePerSource(able);
  const pairs = chosen.map(({ source, proxy }) => ({ source, proxy }));
  const unsized = chosen.filter(({ sourceSize }) => sourceSize === null).length;
  return {
    fcpxml: fcpxmlOf(chosen),
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
      ...(unsized === 0
        ? []
        : [
            `The results of ${counted(unsized, 'clip')} don't tell their size, and so the FCPXML doesn't: Final Cut may ask for them.`,
          ]),
    ],
  };
}
