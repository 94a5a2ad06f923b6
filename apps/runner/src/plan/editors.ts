import type { Codec, Container } from '@app/jobspec';

/** An editing system that is to attach the proxies. */
export type Editor = 'resolve' | 'premiere' | 'avid' | 'fcp';

/** What an editing system wants of proxies that it is to attach. */
export interface Wishes {
  codec: Codec;
  /** The first of them that the codec allows. */
  containers: readonly Container[];
  resolution: string;
  naming: string;
  /** Where it looks by itself: a folder beside each clip; `null` where a list has to tell it. */
  beside: string | null;
}

/**
 * The manuals of Blackmagic, Adobe, Apple and Avid. In MP4 a reel name is lost, so H.264 for editing lies in QuickTime. Media Composer
 * links OP1a, and takes reel and timecode from the ALE.
 */
export const WISHES: Readonly<Record<Editor, Wishes>> = {
  resolve: {
    codec: 'prores_proxy',
    containers: ['mov', 'mxf'],
    resolution: 'half',
    naming: '{source_name}',
    beside: 'Proxy',
  },
  premiere: {
    codec: 'prores_proxy',
    containers: ['mov', 'mxf'],
    resolution: 'half',
    naming: '{source_name}_Proxy',
    beside: null,
  },
  avid: {
    codec: 'dnxhr',
    containers: ['mxf', 'mov'],
    resolution: 'half',
    naming: '{source_name}',
    beside: null,
  },
  fcp: {
    codec: 'prores_proxy',
    containers: ['mov', 'mp4'],
    resolution: 'half',
    naming: '{source_name}',
    beside: null,
  },
};
