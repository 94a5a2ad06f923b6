import type { MediaInfo } from '../media/index.ts';
import { planProxy } from '../proxy/plan-proxy.ts';
import type { ProxyRequest } from '../proxy/plan/proxy-plan.ts';
import { comparisonArguments, readLikeness, textFrames, type ComparedFiles } from './comparison.ts';
import { doubtOfLikeness } from './limits.ts';
import { sourceArguments } from './sources.ts';
import type { Trial } from './trials.ts';

/** One trial: the source of its proxy, and how the two are compared. Arguments are FFmpeg's, without the program's name. */
export function proofOf(trial: Trial) {
  const { shape, codec } = trial;
  const isHd = codec === 'dnxhd';
  return {
    /** The name of its source's file, the same for trials of the same source. */
    sourceName: `${shape.replaceAll(/\W/g, '-')}${isHd ? '-hd' : ''}.mov`,
    sourceArguments: (path: string) => sourceArguments(shape, isHd, path),
    /** @returns `null` where the request can't be planned. */
    comparison(request: ProxyRequest, media: MediaInfo) {
      const { plan } = planProxy(request, media);
      if (!plan) return null;
      return {
        /** The text of each frame as it should be, for a file; `null` where there is none. */
        text: textFrames(plan.video),
        /** @param hasZscale whether FFmpeg has the filter `zscale`. */
        arguments: (files: ComparedFiles, hasZscale: boolean) =>
          comparisonArguments(trial, plan, files, hasZscale),
        /**
         * Judges the proxy by what FFmpeg has told.
         *
         * @param text of descriptor 3 @param log its messages
         * @returns what isn't as it should be, in words for people; `null` for nothing.
         */
        doubt: (pictures: string, text: string, log: string) =>
          doubtOfLikeness(trial, plan, readLikeness(pictures, text, log)),
      };
    },
  };
}
