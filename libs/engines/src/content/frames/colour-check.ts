import type { ContentCheck, VerificationCheck } from '@app/jobspec';
import type { ProxyPlan } from '../../proxy/plan/proxy-plan.ts';
import { placeOfFrame } from '../measure/place.ts';
import { rounded } from '../measure/rounded.ts';
import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import {
  COLOUR_PARTS,
  type ColourLevels,
  type ColourRun,
  type MeanLevels,
} from './colour-levels.ts';
import { roughness, sampleForm } from './sample-form.ts';

/** What each mean may be off, in levels of 255. */
const TOLERANCE: MeanLevels = {
  y: T.lumaLevels,
  u: T.colourLevels,
  v: T.colourLevels,
  from_grey: T.colourLevels,
};
const NAMES = Object.keys(TOLERANCE) as (keyof MeanLevels)[];

/** How far the mean that is farthest off is, as a share of what is allowed in a proxy of usual size. */
export function colourShare(levels: ColourLevels): number {
  return farthestColour(levels).share;
}

/** Which mean is farthest off, in which part of a picture, and by how many levels. */
export function farthestColour(levels: ColourLevels) {
  const means = COLOUR_PARTS.flatMap((part) =>
    NAMES.map((name) => {
      const off = levels[part]?.[name] ?? 0;
      return { part, name, off, share: Math.abs(off) / TOLERANCE[name] };
    }),
  );
  return means.reduce((worst, one) => (one.share > worst.share ? one : worst));
}

/** The check of whether a proxy has the colours of its source, in the mean of all of it and of each run of its frames. */
export function colourCheck(
  { video, timecode }: Pick<ProxyPlan, 'video' | 'timecode'>,
  { levels, worst }: { levels: ColourLevels; worst: ColourRun },
): VerificationCheck<ContentCheck> {
  const rough = roughness(sampleForm(video));
  const passed = Math.max(colourShare(levels), colourShare(worst.levels)) <= rough;
  const place = placeOfFrame(worst.frame, timecode, video.timing);
  const actual = { ...levels, worst: { ...place, frames: worst.frames, ...worst.levels } };
  const allowed = NAMES.map((name) => [name, rounded(rough * TOLERANCE[name])]);
  const tolerance = Object.fromEntries(allowed) as Record<string, number>;
  return { check: 'colours_off_levels', expected: 0, actual, tolerance, passed };
}
