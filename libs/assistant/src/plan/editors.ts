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
}

/**
 * The manuals of Blackmagic, Adobe, Apple and Avid. In MP4 a reel name is lost, so H.264 for editing lies in QuickTime. Media Composer
 * links OP1a, and takes reel and timecode from the ALE.
 */
export const WISHES: Readonly<Record<Editor, Wishes>> = {
  resolve: {
    codec: 'prores_proxy',
    containers: ['mov', 'mxf'],
    naming: '{source_name}',
    beside: 'Proxy',
  },
  premiere: { codec: 'prores_proxy', containers: ['mov', 'mxf'], naming: '{source_name}_Proxy' },
  avid: { codec: 'dnxhr', containers: ['mxf', 'mov'], naming: '{source_name}' },
  fcp: { codec: 'prores_proxy', containers: ['mov', 'mp4'], naming: '{source_name}' },
};
