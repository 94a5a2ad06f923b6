import type { Container } from '@app/jobspec';
import type { ContainerRule } from './container-rule.ts';
import { MXF_COLOUR_TAGS, MXF_RATES } from './mxf-labels.ts';
import { QUICKTIME_LANGUAGES } from './quicktime-languages.ts';

/** `faststart` puts the index first, so that a player or a browser can begin before the end is there. */
const ISO_OPTIONS = ['-movflags', '+faststart', '-write_tmcd', 'auto'];
const ON_THE_PICTURE = { option: '-metadata:s:v:0', besideTimecode: false } as const;

/** What the containers have in common that keep a time for every frame. */
const TIMED = {
  rates: null,
  endsTogether: false,
  colourTags: null,
  partialColourTags: true,
  lightLevel: true,
  namelessViews: [],
  squarePixelCodecs: [],
} as const;

const MATROSKA = {
  ...TIMED,
  reads: 'matroska,webm',
  languages: 'all',
  trackTitles: true,
  reelName: ON_THE_PICTURE,
  sampleEntries: false,
} as const;

export const CONTAINER_RULES: Record<Container, ContainerRule> = {
  mov: {
    ...TIMED,
    muxer: [...ISO_OPTIONS, '-f', 'mov'],
    reads: 'mov (qt)',
    sound: 'pcm',
    languages: QUICKTIME_LANGUAGES,
    trackTitles: false,
    reelName: { ...ON_THE_PICTURE, besideTimecode: true },
    partialColourTags: false,
    sampleEntries: true,
  },
  mp4: {
    ...TIMED,
    muxer: [...ISO_OPTIONS, '-f', 'mp4'],
    reads: 'mp4 (isom)',
    sound: 'aac',
    languages: 'three-letter',
    trackTitles: false,
    reelName: { missing: 'MP4 has no place for it' },
    sampleEntries: true,
  },
  mkv: { ...MATROSKA, muxer: ['-f', 'matroska'], sound: 'pcm' },
  webm: {
    ...MATROSKA,
    muxer: ['-f', 'webm'],
    sound: 'opus',
    namelessViews: ['frame alternate', 'unspecified'],
  },
  mxf: {
    muxer: ['-f', 'mxf'],
    reads: 'mxf',
    sound: 'studio-pcm',
    languages: 'none',
    trackTitles: false,
    reelName: { option: '-metadata', besideTimecode: false },
    rates: MXF_RATES,
    endsTogether: true,
    colourTags: MXF_COLOUR_TAGS,
    partialColourTags: true,
    lightLevel: false,
    namelessViews: [],
    squarePixelCodecs: ['dnxhr'],
    sampleEntries: false,
  },
};
