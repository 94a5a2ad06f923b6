import type { JobReference } from '../jobs/job-row.ts';
import type { ReadClip } from '../reading/narrow-result.ts';
import { belowRoot, mediaType } from '../reading/media-file.ts';
import { mediaPathOf } from './job-path.ts';

/** How a proxy is played in the browser, or why it is not. */
export type Playable =
  | {
      src: string;
      /** What may keep it from playing, in a sentence. */
      note: string | null;
    }
  | { src: null; note: string };

/** Made for editing; no browser has a decoder for them. */
const UNPLAYED: Record<string, string> = { prores: 'ProRes', dnxhd: 'DNxHD and DNxHR' };
const ENCODERS: Record<string, string> = { prores_ks: 'prores', dnxhd: 'dnxhd' };

/**
 * @param roots folders below which proxies may be played
 * @param number of the clip, from 1
 * @returns `null` when nobody asked for a player, or there is no proxy
 */
export function playableOf(
  roots: readonly string[],
  reference: JobReference,
  number: number,
  clip: ReadClip,
): Playable | null {
  const path = clip.resolved_output_path;
  if (roots.length === 0 || clip.status !== 'COMPLETED' || path === '') return null;
  const codec = codecOf(clip);
  const unplayed = UNPLAYED[codec];
  if (unplayed !== undefined)
    return told(
      `No browser plays ${unplayed}: it is made for editing. Open the proxy in an editor.`,
    );
  if (mediaType(path) === null) return told('Browsers play proxies in MP4 and MOV files only.');
  if (!roots.some((root) => belowRoot(root, path) !== null))
    return told('This proxy does not lie below a folder that may be played from (--media-root).');
  const note = codec === 'hevc' ? 'Not every browser plays HEVC.' : null;
  return { src: mediaPathOf(reference, number - 1), note };
}

function told(note: string): Playable {
  return { src: null, note };
}

/** What was found in the proxy, or else what was asked for. */
function codecOf({ verification, ffmpeg_command = [] }: ReadClip): string {
  const { actual } = verification.find(({ check }) => check === 'video_codec') ?? {};
  const encoder = ffmpeg_command[ffmpeg_command.indexOf('-c:v') + 1] ?? '';
  return typeof actual === 'string' ? actual : (ENCODERS[encoder] ?? '');
}
