import type { ReadClip } from '@app/jobspec/result';
import type { JobReference } from '../jobs/job-row.ts';
import { belowRoot, mediaType } from '../reading/media-file.ts';
import { mediaPathOf } from './job-path.ts';

/** How a proxy is played in the browser, or why it is not. */
export interface Playable {
  src: string | null;
  /** What keeps it from playing, or may do so. */
  note: string | null;
}

/** Made for editing; no browser has a decoder for them. */
const UNPLAYED: Record<string, string> = { prores: 'ProRes', dnxhd: 'DNxHD and DNxHR' };

/**
 * @param roots folders below which proxies may be played
 * @param index of the clip, from 0
 * @returns `null` when nobody asked for a player, or there is no proxy
 */
export function playableOf(
  roots: readonly string[],
  reference: JobReference,
  index: number,
  { status, resolved_output_path: path, facts }: ReadClip,
): Playable | null {
  if (roots.length === 0 || status !== 'COMPLETED' || path === '') return null;
  const codec = facts.video_codec ?? '';
  const unplayed = UNPLAYED[codec.replace(/_.*$/u, '')];
  if (unplayed !== undefined)
    return unplayable(
      `No browser plays ${unplayed}: it is made for editing. Open it in an editor.`,
    );
  if (mediaType(path) === null)
    return unplayable('Browsers play proxies in MP4 and MOV files only.');
  if (!roots.some((root) => belowRoot(root, path) !== null))
    return unplayable(
      'This proxy does not lie below a folder that may be played from (--media-root).',
    );
  const note = codec === 'hevc' ? 'Not every browser plays HEVC.' : null;
  return { src: mediaPathOf(reference, index), note };
}

function unplayable(note: string): Playable {
  return { src: null, note };
}
