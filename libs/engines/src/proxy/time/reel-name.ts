import type { Container } from '@app/jobspec';
import type { MediaInfo, VideoStream } from '../../media/media-info.ts';
import type { Ruling } from '../plan/proxy-plan.ts';

/**
 * The tape or camera roll that an editor relinks by. MP4 has no place for it; MOV keeps it in its timecode track and
 * therefore needs a timecode.
 */
export function planReelName(
  media: MediaInfo,
  video: VideoStream,
  container: Container,
  timecode: string | null,
): Ruling<string | null> {
  const tracks = media.streams.filter((stream) => stream.kind === 'data');
  const reel = [video, ...tracks, media].map(({ tags }) => tags['reel_name']).find(Boolean) ?? null;
  if (reel === null) return { value: null, warnings: [] };
  if (container === 'mp4') return lost(reel, 'MP4 has no place for it');
  if (container === 'mov' && timecode === null) {
    return lost(reel, 'MOV keeps it beside a timecode, and there is none');
  }
  return { value: reel, warnings: [] };
}

function lost(reel: string, reason: string): Ruling<null> {
  return { value: null, warnings: [`Reel name ${reel} is lost: ${reason}.`] };
}
