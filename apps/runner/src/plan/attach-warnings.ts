import { planProxy, primaryVideo, startTimecodes, type MediaInfo } from '@app/engines';
import type { PlanRequest, ProxyKind } from './plan-request.ts';

/** Why an editing system may not attach the proxies of a source that FFmpeg makes, a sentence for each reason. */
export function attachWarnings(
  media: MediaInfo,
  kinds: readonly ProxyKind[],
  { editor, resolution }: Pick<PlanRequest, 'editor' | 'resolution'>,
): string[] {
  if (editor === 'premiere')
    return [...new Set(kinds.flatMap((kind) => sizeWarnings(media, kind, resolution)))];
  return editor === 'fcp' && isUnseen(media) ? [UNSEEN] : [];
}

const UNSEEN =
  'Final Cut may see no timecode in it, as it is in no timecode track, but one in its proxy. Compare both before you attach it.';

/** Adobe: the size of a proxy must divide that of its clip. */
function sizeWarnings(media: MediaInfo, kind: ProxyKind, resolution: string): string[] {
  const video = primaryVideo(media);
  const { plan } = planProxy({ ...kind, resolution, explicitFps: null }, media);
  if (!video?.width || !video.height || !plan) return [];
  const { width, height } = plan.video.size;
  const isTurned = video.rotationDegrees % 180 !== 0;
  const [across, down] = isTurned ? [video.height, video.width] : [video.width, video.height];
  if (across % width === 0 && down % height === 0) return [];
  return [
    `Premiere may not attach its proxy: ${width}x${height} doesn't divide ${across}x${down}. Give --resolution same, or a size that does.`,
  ];
}

/** QuickTime whose timecode is only a tag, as Sony's cameras write it. */
function isUnseen(media: MediaInfo): boolean {
  const video = primaryVideo(media);
  if (video === null || !media.formatName.split(',').includes('mov')) return false;
  const hasTrack = media.streams.some(({ codecTag }) => codecTag === 'tmcd');
  return !hasTrack && startTimecodes(media, video).length > 0;
}
