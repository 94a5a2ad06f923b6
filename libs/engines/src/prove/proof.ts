import type { MediaInfo } from '../media/index.ts';
import { planProxy } from '../proxy/plan-proxy.ts';
import type { ProxyRequest, ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import {
  comparisonArguments,
  readLikeness,
  textFrames,
  type ComparedFiles,
  type Likeness,
} from './comparison.ts';
import { sourceArguments, FRAMES } from './sources.ts';
import type { Trial } from './trials.ts';
import { forEachName } from '@app/jobspec';

/** One trial: the source of its proxy, and how the two are compared. Arguments are FFmpeg's, without the program's name. */
export function proofOf(trial: Trial) {
  const { shape, codec } = trial;
  const isHd = codec === 'dnxhd';
  return {
    /** File name of its source, shared by trials of the same source. */
    sourceName: `${shape.replaceAll(/\W/g, '-')}${isHd ? '-hd' : ''}.mov`,
    sourceArguments: (path: string) => sourceArguments(shape, isHd, path),
    /** @returns `null` if the request can't be planned. */
    comparison(request: ProxyRequest, media: MediaInfo) {
      const { plan } = planProxy(request, media);
      if (!plan) return null;
      return {
        /** Expected text of each frame, the content of a file for FFmpeg; `null` without text. */
        text: textFrames(plan.video),
        /** @param hasZscale true if FFmpeg has the filter `zscale`. */
        arguments: (files: ComparedFiles, hasZscale: boolean) =>
          comparisonArguments(trial, plan, files, hasZscale),
        /**
         * Judges the proxy by FFmpeg's output.
         *
         * @param text from descriptor 3 @param log its messages
         * @returns what is wrong, in words for people; `null` for nothing.
         */
        doubt: (pictures: string, text: string, log: string) =>
          doubtOfLikeness(trial, plan, readLikeness(pictures, text, log)),
      };
    },
  };
}

/** Least value of each measure of a proxy, in dB. */
interface Limits {
  luma: number;
  colour: number;
  /** Box of a text. */
  text: number;
}

/** Usual limits: healthy proxies measure 41.8 and 38.4 or more, and the slightest damage by any release of FFmpeg 36.1 and 34.5. */
const USUAL: Limits = { luma: 38.5, colour: 36, text: 21 };
/** Limits of fine codecs: healthy proxies measure 44 or more; what differs there is where colour samples are placed. */
const FINE: Limits = { luma: 42, colour: 40, text: 21 };
/** Limits of a codec with few bits at this size: healthy 36.7 and 35.8, damaged 32.8 and 32.5. */
const DNXHR: Limits = { luma: 34.5, colour: 34.2, text: 18 };

/** Limits of each codec for a picture neither scaled nor graded, as measured with FFmpeg 7.1 and 9. */
const LEAST = forEachName<Limits>({
  prores_proxy: { ...USUAL, text: 15 },
  prores_lt: USUAL,
  prores_standard: FINE,
  prores_hq: FINE,
  prores_4444: FINE,
  h264: USUAL,
  h265: USUAL,
  dnxhd: USUAL,
  dnxhr: DNXHR,
  vp9: USUAL,
  av1: USUAL,
});
/** Limits of a scaled or graded picture: each library rounds and places its samples by its own rules. */
const LEAST_OTHERWISE = { luma: 28, colour: 26 };
/** Limits of audio in dB: coded by AAC or Opus (20 ms of silence in 400 measure 12); coded and only one frame long; PCM. */
const LEAST_SOUND = { coded: 17, brief: 5, exact: 60 };

/** Judges a proxy. @returns what is wrong, in words for people; `null` for nothing. */
export function doubtOfLikeness(
  { shape, codec, size, look }: Pick<Trial, 'shape' | 'codec' | 'size' | 'look'>,
  plan: ProxyPlan,
  likeness: Likeness,
): string | null {
  const isPlain = size === 'same' && look === 'no look' && !plan.video.scaled;
  const limits = { ...LEAST[codec], ...(isPlain ? {} : LEAST_OTHERWISE) };
  const frames = shape === 'one frame' ? 1 : FRAMES;
  // The darker the ink, the less a missing or wrong text differs.
  const ink = plan.video.burnIn?.ink ?? 1;
  const isExact = plan.audio.every(({ encoder }) => encoder.startsWith('pcm_'));
  if (likeness.frames < frames)
    return `only ${likeness.frames} of ${frames} frames can be compared`;
  const measured: readonly (readonly [what: string, measured: number, least: number])[] = [
    ['luma', likeness.luma, limits.luma],
    ['colour', likeness.colour, limits.colour],
    ['alpha', likeness.alpha ?? Infinity, LEAST_OTHERWISE.luma],
    ['text', likeness.text ?? Infinity, limits.text - Math.round(20 * Math.log10(ink))],
    ['sound', likeness.sound, LEAST_SOUND[isExact ? 'exact' : frames === 1 ? 'brief' : 'coded']],
  ];
  const wrong = measured.filter(([, value, least]) => !(value >= least));
  if (wrong.length === 0) return null;
  return wrong
    .map(
      ([what, value, least]) => `its ${what} measures ${value.toFixed(1)} dB and should ${least}`,
    )
    .join(', ');
}
