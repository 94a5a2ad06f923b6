import type { Container } from '@app/jobspec';
import type { MediaInfo, VideoStream } from '../../media/index.ts';
import { CONTAINER_RULES } from '../containers/container-rules.ts';
import type { Ruling } from '../plan/proxy-plan.ts';

/** The tape or camera roll of a source; `null` where it names none. */
export function sourceReel(media: MediaInfo, video: VideoStream): string | null {
  const tracks = media.streams.filter((stream) => stream.kind === 'data');
  return [video, ...tracks, media].map(({ tags }) => tags['reel_name']).find(Boolean) ?? null;
}

/**
 * The tape or camera roll that an editor relinks by; see `reelName` of the container's rule.
 */
export function planReelName(
  media: MediaInfo,
  video: VideoStream,
  container: Container,
  timecode: string | null,
): Ruling<string | null> {
  const reel = sourceReel(media, video);
  if (reel === null) return { value: null, warnings: [] };
  const place = CONTAINER_RULES[container].reelName;
  if ('missing' in place) return lost(reel, place.missing);
  if (place.besideTimecode && timecode === null) {
    return lost(reel, `${container.toUpperCase()} keeps it beside a timecode, and there is none`);
  }
  return { value: reel, warnings: [] };
}

function lost(reel: string, reason: string): Ruling<null> {
  return { value: null, warnings: [`Reel name ${reel} is lost: ${reason}.`] };
}
