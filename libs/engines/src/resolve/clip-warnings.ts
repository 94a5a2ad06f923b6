import { ONE_FILE } from './plan-resolve.ts';
import { textOf, type ClipProperties } from './resolve-clip.ts';

/** What of a clip a render by script can't carry, in sentences for people. */
export function clipWarnings(properties: ClipProperties, mode = ONE_FILE): string[] {
  const [reel, pixels] = [textOf(properties['Reel Name']), textOf(properties['PAR'])];
  // Empty when a version doesn't tell. The word is in the language of Resolve's interface.
  const isSquare = pixels === '' || pixels === 'Square' || Number(pixels) === 1;
  return [
    reel !== '' &&
      mode === ONE_FILE &&
      `The reel name ${reel} is not in the proxy: Resolve lets no script set one. Relink by file name and timecode.`,
    !isSquare &&
      `Resolve gives the pixel aspect ratio of the clip as ${pixels}. Unless that means square, the picture is fitted into the proxy with bars: compare it with the clip.`,
  ].filter((warning) => warning !== false);
}

/** How many channels of sound Resolve finds in a clip. */
export function clipChannels(properties: ClipProperties): number {
  const channels = Number(properties['Audio Ch'] ?? 0);
  return Number.isInteger(channels) && channels > 0 ? channels : 0;
}

/** In all tracks of a proxy, by the channels of each. */
export const channelsIn = (tracks: readonly number[]) => tracks.reduce((sum, one) => sum + one, 0);

/**
 * @param tracks the channels of each track of the proxy.
 * @returns `null` when there are as many channels as in the clip, or more.
 */
export function audioWarning(channels: number, tracks: readonly number[]): string | null {
  const made = channelsIn(tracks);
  if (made >= channels) return null;
  const found =
    tracks.length === 1 ? `one track of ${made}` : `${tracks.length} tracks of ${made} in all`;
  return `The clip has ${channels} channels of sound, and the proxy ${found}: Resolve mixes them, and no key of its scripting interface sets output tracks. Use the sound of the clip, or of the recorder, in the edit.`;
}
