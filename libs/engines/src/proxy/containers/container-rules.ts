import type { Container } from '@app/jobspec';
import type { ContainerRule } from './container-rule.ts';
import { MXF_COLOUR_TAGS, MXF_RATES } from './mxf-labels.ts';
import { QUICKTIME_LANGUAGES } from './quicktime-languages.ts';

const TIMECODE_TRACK = ['-write_tmcd', 'auto'];
/**
 * Puts the index first, so that a player or a browser can begin before the end is there. For that, FFmpeg reads the whole file and
 * writes it once more, which QuickTime's large files for editors are spared.
 */
const INDEX_FIRST = ['-movflags', '+faststart'];
const ON_THE_FRAME = { option: '-metadata:s:v:0', besideTimecode: false } as const;

/** A timecode track has one byte for its frames per second (QuickTime File Format, timecode sample description; FFmpeg's movenc). */
const TIMECODE_TRACK_BASE = 255;

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
  timecodeBase: null,
  reads: 'matroska,webm',
  languages: 'all',
  trackTitles: true,
  reelName: ON_THE_FRAME,
  sampleEntries: false,
} as const;

export const CONTAINER_RULES: Record<Container, ContainerRule> = {
  mov: {
    ...TIMED,
    muxer: [...TIMECODE_TRACK, '-f', 'mov'],
    timecodeBase: TIMECODE_TRACK_BASE,
    reads: 'mov (qt)',
    audio: 'pcm',
    languages: QUICKTIME_LANGUAGES,
    trackTitles: false,
    reelName: { ...ON_THE_FRAME, besideTimecode: true },
    partialColourTags: false,
    sampleEntries: true,
  },
  mp4: {
    ...TIMED,
    muxer: [...INDEX_FIRST, ...TIMECODE_TRACK, '-f', 'mp4'],
    timecodeBase: TIMECODE_TRACK_BASE,
    reads: 'mp4 (isom)',
    audio: 'aac',
    languages: 'three-letter',
    trackTitles: false,
    reelName: { missing: 'MP4 has no place for it' },
    sampleEntries: true,
  },
  mkv: { ...MATROSKA, muxer: ['-f', 'matroska'], audio: 'pcm' },
  webm: {
    ...MATROSKA,
    muxer: ['-f', 'webm'],
    audio: 'opus',
    namelessViews: ['frame alternate'],
  },
  mxf: {
    muxer: ['-f', 'mxf'],
    reads: 'mxf',
    audio: 'studio-pcm',
    languages: 'none',
    trackTitles: false,
    reelName: { option: '-metadata', besideTimecode: false },
    rates: MXF_RATES,
    timecodeBase: null,
    endsTogether: true,
    colourTags: MXF_COLOUR_TAGS,
    partialColourTags: true,
    lightLevel: false,
    namelessViews: [],
    squarePixelCodecs: ['dnxhr'],
    sampleEntries: false,
  },
};
