import { clipTimes, planProxy, type MediaInfo, type ProxyRequest } from '@app/engines';
import type { Codec, Container } from '@app/jobspec';

/** Editing system that attaches the proxies. */
export type Editor = 'resolve' | 'premiere' | 'avid' | 'fcp';

/** Requirements of an editing system for proxies, which are half size by default. */
export interface Needs {
  codec: Codec;
  /** In order of preference; the first that the codec allows is used. */
  containers: readonly Container[];
  naming: string;
  /** Folder next to each clip in which it looks for proxies. Without one, a list must name them. */
  proxyFolder?: string;
  /** What finds the proxies of clips with unique names, for a sentence. */
  finder: string;
  /** Kind of list that locates other proxies. */
  list: 'ale' | 'link';
  /** Returns sentences on why it may not attach FFmpeg's proxies of a source. */
  warnings: (media: MediaInfo, kinds: readonly Kind[], resolution: string) => readonly string[];
}

type Kind = Pick<ProxyRequest, 'codec' | 'container'>;

const BY_LINK = { finder: 'what attaches by name', list: 'link', warnings: () => [] } as const;

/**
 * From the manuals of Blackmagic, Adobe, Apple and Avid. MP4 loses the reel name, so H.264 for editing is in QuickTime.
 * Media Composer links OP1a, and takes reel and timecode from the ALE.
 */
export const NEEDS: Readonly<Record<Editor, Needs>> = {
  resolve: {
    ...BY_LINK,
    codec: 'prores_proxy',
    containers: ['mov', 'mxf'],
    naming: '{source_name}',
    proxyFolder: 'Proxy',
    finder: 'Resolve',
  },
  premiere: {
    ...BY_LINK,
    codec: 'prores_proxy',
    containers: ['mov', 'mxf'],
    naming: '{source_name}_Proxy',
    warnings: (media, kinds, resolution) => [
      ...new Set(kinds.flatMap((kind) => sizeWarnings(media, kind, resolution))),
    ],
  },
  avid: {
    ...BY_LINK,
    codec: 'dnxhr',
    containers: ['mxf', 'mov'],
    naming: '{source_name}',
    list: 'ale',
  },
  fcp: {
    ...BY_LINK,
    codec: 'prores_proxy',
    containers: ['mov', 'mp4'],
    naming: '{source_name}',
    warnings: (media) => (hasTagTimecodeOnly(media) ? [NO_TIMECODE_TRACK] : []),
  },
};

const NO_TIMECODE_TRACK =
  'Final Cut may see no timecode in the clip, which has no timecode track, but see one in its proxy. Compare both before you attach it.';

/** Adobe: a proxy's size must divide that of its clip. */
function sizeWarnings(media: MediaInfo, kind: Kind, resolution: string): string[] {
  const { plan } = planProxy({ ...kind, resolution, explicitFps: null }, media);
  if (!plan?.source.source_size) return [];
  const { width, height } = plan.video.size;
  const [across = 0, down = 0] = plan.source.source_size.split('x').map(Number);
  if (across % width === 0 && down % height === 0) return [];
  return [
    `Premiere may not attach its proxy: ${width}x${height} doesn't divide ${across}x${down}. Give --resolution same, or a size that does.`,
  ];
}

/** True for QuickTime with its timecode only in a tag, as Sony's cameras write. */
function hasTagTimecodeOnly(media: MediaInfo): boolean {
  if (!media.formatName.split(',').includes('mov')) return false;
  const hasTrack = media.streams.some(({ codecTag }) => codecTag === 'tmcd');
  return !hasTrack && clipTimes(media).start !== null;
}
