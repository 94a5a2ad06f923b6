import { clipTimes, planProxy, type MediaInfo, type ProxyRequest } from '@app/engines';
import type { Codec, Container } from '@app/jobspec';

/** An editing system that is to attach the proxies. */
export type Editor = 'resolve' | 'premiere' | 'avid' | 'fcp';

/** What an editing system wants of proxies that it is to attach, which are of half the size. */
export interface Wishes {
  codec: Codec;
  /** The first of them that the codec allows. */
  containers: readonly Container[];
  naming: string;
  /** Where it looks by itself: a folder beside each clip. Without it a list has to tell it. */
  beside?: string;
  /** What finds the proxies of clips that have names of their own. */
  finder: string;
  /** What tells it where proxies lie that it doesn't look for. */
  told: 'ale' | 'link';
  /** Why it may not attach the proxies of a source that FFmpeg makes, a sentence for each reason. */
  doubts: (media: MediaInfo, kinds: readonly Kind[], resolution: string) => readonly string[];
}

type Kind = Pick<ProxyRequest, 'codec' | 'container'>;

const LINKED = { finder: 'what attaches by name', told: 'link', doubts: () => [] } as const;

/**
 * The manuals of Blackmagic, Adobe, Apple and Avid. In MP4 a reel name is lost, so H.264 for editing lies in QuickTime. Media Composer
 * links OP1a, and takes reel and timecode from the ALE.
 */
export const WISHES: Readonly<Record<Editor, Wishes>> = {
  resolve: {
    ...LINKED,
    codec: 'prores_proxy',
    containers: ['mov', 'mxf'],
    naming: '{source_name}',
    beside: 'Proxy',
    finder: 'Resolve',
  },
  premiere: {
    ...LINKED,
    codec: 'prores_proxy',
    containers: ['mov', 'mxf'],
    naming: '{source_name}_Proxy',
    doubts: (media, kinds, resolution) => [
      ...new Set(kinds.flatMap((kind) => sizeDoubts(media, kind, resolution))),
    ],
  },
  avid: {
    ...LINKED,
    codec: 'dnxhr',
    containers: ['mxf', 'mov'],
    naming: '{source_name}',
    told: 'ale',
  },
  fcp: {
    ...LINKED,
    codec: 'prores_proxy',
    containers: ['mov', 'mp4'],
    naming: '{source_name}',
    doubts: (media) => (isUnseen(media) ? [UNSEEN] : []),
  },
};

const UNSEEN =
  'Final Cut may see no timecode in it, as it is in no timecode track, but one in its proxy. Compare both before you attach it.';

/** Adobe: the size of a proxy must divide that of its clip. */
function sizeDoubts(media: MediaInfo, kind: Kind, resolution: string): string[] {
  const { plan } = planProxy({ ...kind, resolution, explicitFps: null }, media);
  if (!plan?.source.size) return [];
  const { width, height } = plan.video.size;
  const [across = 0, down = 0] = plan.source.size.split('x').map(Number);
  if (across % width === 0 && down % height === 0) return [];
  return [
    `Premiere may not attach its proxy: ${width}x${height} doesn't divide ${across}x${down}. Give --resolution same, or a size that does.`,
  ];
}

/** QuickTime whose timecode is only a tag, as Sony's cameras write it. */
function isUnseen(media: MediaInfo): boolean {
  if (!media.formatName.split(',').includes('mov')) return false;
  const hasTrack = media.streams.some(({ codecTag }) => codecTag === 'tmcd');
  return !hasTrack && clipTimes(media).start !== null;
}
