import { filledIn } from './causes.ts';
import { JobFailure } from './job-failure.ts';

/** Advice for relinking: editing programs find the original by these. */
const KEEP_IDENTITY = 'Keep its name, timecode and reel.';

/** Reasons why no engine takes a source, each with its advice; the `findings` of `format_unsupported`. */
export const FINDINGS = {
  not_a_clip: 'Name a clip file, or the folder of a RAW frame sequence.',
  empty: 'Copy the clip again.',
  cut_off:
    'Copy it again. Don’t format the card: if the original is just as short, its recording was not finished. Let the camera repair it, or a program that rebuilds its index from a good clip of the same camera.',
  no_picture: 'Name a source with video.',
  still: 'Make a clip of it first.',
  list: 'Name the clips themselves as sources.',
  settings: 'Name the clip beside it: Resolve develops it by these settings.',
  raw_unknown: `Transcode it with the software of the camera maker first. ${KEEP_IDENTITY}`,
  codec_unknown: `Transcode it to a supported codec such as ProRes first. ${KEEP_IDENTITY}`,
  container_unknown: 'Rewrap it in its folder, which changes no picture: {command}',
  media_missing:
    'Its media is missing, damaged or in another file (a reference movie): supply a self-contained clip.',
  no_base_picture:
    'Convert it in a program that reads Dolby Vision, such as DaVinci Resolve Studio, or ask for a copy of profile 8 or of HDR10.',
  encrypted: 'Ask whoever delivered it for a copy without encryption.',
  sound_late: 'Rewrap it in its folder, which finds what begins late: {command}',
  tracks_too_many: 'Make a copy with fewer of them.',
  movie_edited: 'Open it in QuickTime Player or an editor and export it as a new clip.',
  clip_incomplete: 'Copy the whole clip again, with all its files.',
  unreadable: `Copy it again or transcode it to a supported codec such as ProRes in MOV. ${KEEP_IDENTITY}`,
} as const;

export type Finding = keyof typeof FINDINGS;

/** Source that no engine takes. */
export interface UnsupportedSource {
  finding: Finding;
  /** Sentences that name the file, the fault and the advice. */
  problem: string;
  /** The advice alone; empty if it is part of the problem. */
  remedy: string;
}

/** @param fault continues a sentence that begins with the path @param facts fill the placeholders of the advice */
export function unsupportedSource(
  path: string,
  fault: string,
  finding: Finding,
  facts: Readonly<Record<string, string>> = {},
): UnsupportedSource {
  const remedy = filledIn(FINDINGS[finding], facts);
  return { finding, problem: `${path} ${fault}. ${remedy}`, remedy };
}

/** @param refused unsupported sources by their index in the job */
export function unsupportedFormat(
  refused: ReadonlyMap<number, UnsupportedSource>,
): JobFailure<'format_unsupported'> {
  const [first, ...others] = refused.values();
  const violations = [...refused].map(([index, { problem }]) => ({
    path: `sources[${index}]`,
    message: problem,
  }));
  const findings = [...new Set([...refused.values()].map(({ finding }) => finding))];
  const remedy = others.length === 0 ? (first?.remedy ?? '') : 'Follow the advice for each source.';
  return new JobFailure('format_unsupported', { findings, remedy }, { violations });
}
