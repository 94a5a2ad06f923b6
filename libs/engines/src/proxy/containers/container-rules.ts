import type { Codec, Container } from '@app/jobspec';
import { isSameLanguage, type TagName } from '../../media/index.ts';

/**
 * Abilities of a container and FFmpeg's options for it, one for each container of the contract. An absent field is something that
 * it doesn't have.
 */
export interface ContainerRule {
  /** FFmpeg's muxer with its options. */
  muxer: readonly string[];
  /** Format as ffprobe reports it; MOV and MP4, which share a demuxer, with their brand. */
  reads: string;
  /** Brands that identify it among containers of one demuxer; absent for a demuxer of its own. */
  brands?: RegExp;
  audio: AudioKind;
  /** Language codes that it keeps, by ISO 639-2. */
  languages: 'all' | 'three-letter' | 'none' | ReadonlySet<string>;
  /** True if it keeps the titles of audio tracks. */
  trackTitles?: true;
  /** True if it marks the tracks that play unless somebody chooses others. */
  marksPlayed?: true;
  /** FFmpeg's option for the reel name, or the reason why there is no place for it, as the end of a sentence. */
  reelName: ReelPlace | { missing: string };
  /** Frame rates that it allows, if it only counts frames; `null` if every frame has its own PTS. */
  rates: readonly string[] | null;
  /** Highest timecode base, in whole frames per second; absent for any. */
  timecodeBase?: number;
  /** True if all tracks end together, and audio is counted in video frames. */
  endsTogether: boolean;
  /** Colour tags that it can hold, by FFmpeg's names; absent for all. */
  colourTags?: Readonly<Record<TagName, readonly string[]>>;
  /** True if it can hold some of the three colour tags; otherwise all or none. */
  partialColourTags: boolean;
  /** True if it holds the light level of an HDR master. */
  lightLevel: boolean;
  /** Stereo arrangements, by ffprobe's names, that it has no name for and refuses. */
  namelessViews?: readonly string[];
  /** Codecs whose pixels are read back from it as square. */
  squarePixelCodecs?: readonly Codec[];
  /** True if it names codecs by a sample entry of four letters. */
  sampleEntries?: true;
  /** True if it rounds lengths of tracks, and its own, to the ticks of a movie. */
  movieTicks?: true;
}

export interface ReelPlace {
  /** FFmpeg's option for it. */
  option: '-metadata' | '-metadata:s:v:0';
  /** True if it is kept only beside a timecode. */
  besideTimecode: boolean;
}

/** Audio encodings in the words of the documents. */
export const AUDIO_DESCRIPTIONS = {
  pcm: 'PCM, 16 bits, or 24 for sources with more',
  'studio-pcm': 'PCM as above, at 48 kHz, ending with the picture',
  aac: 'AAC, 96 kb/s a channel; Opus where AAC has no such number of channels',
  opus: 'Opus, 64 kb/s a channel, at 48 kHz',
} as const;

/** Audio encoding of a container; `proxy/audio` has a rule for each. */
export type AudioKind = keyof typeof AUDIO_DESCRIPTIONS;

/** Frame rates of FFmpeg's MXF muxer. */
export const MXF_RATES: readonly string[] =
  '24000/1001 24/1 25/1 30000/1001 30/1 48/1 50/1 60000/1001 60/1 100/1 120/1'.split(' ');

/** Colour tags that MXF can hold, by FFmpeg's names and measured with 7.1.5. */
export const MXF_COLOUR_TAGS: Record<TagName, readonly string[]> = {
  primaries: ['bt709', 'bt470bg', 'smpte170m', 'bt2020', 'smpte428', 'smpte431', 'smpte432'],
  transfer: ['bt709', 'smpte170m', 'bt470m', 'smpte2084', 'arib-std-b67', 'linear'],
  matrix: ['bt709', 'bt470bg', 'smpte170m', 'smpte240m', 'bt2020nc'],
};

/**
 * Language codes that FFmpeg 7.1.5 writes into MOV, measured one by one, each for a different language; it drops all others
 * silently.
 */
export const QUICKTIME_LANGUAGES: ReadonlySet<string> = new Set(
  `alb amh ara arm asm aym aze baq bel ben bul bur cat ces chi dan dut dzo eng epo est fin fra geo ger gre grn guj heb
  hin hun ice ind ita jav jpn kan kas kaz khm kin kir kor kur lao lat lav lit mac mal mar may mlg mlt mon nep nor nya
  ori orm pol por pus que ron run rus san sin slk slv snd som spa swa swe tam tat tel tgk tgl tha tib tir tuk tur uig
  ukr urd uzb vie wel yid`.split(/\s+/),
);

const TIMECODE_TRACK = ['-write_tmcd', 'auto'];
/**
 * Options to put the index first, so that a player or a browser can start before the end has arrived. FFmpeg then reads and
 * writes the whole file once more, so MOV, whose files are large, goes without them.
 */
const INDEX_FIRST = ['-movflags', '+faststart'];
const ON_THE_FRAME = { option: '-metadata:s:v:0', besideTimecode: false } as const;

/**
 * Highest frame count per second in a timecode track, which has one byte for it (QuickTime File Format, timecode sample
 * description; FFmpeg's movenc).
 */
const TIMECODE_TRACK_BASE = 255;

/** Rules shared by containers with a PTS for every frame. */
const TIMED = {
  marksPlayed: true,
  rates: null,
  endsTogether: false,
  partialColourTags: true,
  lightLevel: true,
} as const;

const MATROSKA = {
  ...TIMED,
  reads: 'matroska,webm',
  languages: 'all',
  trackTitles: true,
  reelName: ON_THE_FRAME,
} as const;

export const CONTAINER_RULES: Record<Container, ContainerRule> = {
  mov: {
    ...TIMED,
    muxer: [...TIMECODE_TRACK, '-f', 'mov'],
    timecodeBase: TIMECODE_TRACK_BASE,
    reads: 'mov (qt)',
    brands: /^qt *$/,
    audio: 'pcm',
    languages: QUICKTIME_LANGUAGES,
    reelName: { ...ON_THE_FRAME, besideTimecode: true },
    partialColourTags: false,
    sampleEntries: true,
    movieTicks: true,
  },
  mp4: {
    ...TIMED,
    muxer: [...INDEX_FIRST, ...TIMECODE_TRACK, '-f', 'mp4'],
    timecodeBase: TIMECODE_TRACK_BASE,
    reads: 'mp4 (isom)',
    brands: /^(?!qt *$)/,
    audio: 'aac',
    languages: 'three-letter',
    reelName: { missing: 'MP4 has no place for it' },
    sampleEntries: true,
    movieTicks: true,
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
    reelName: { option: '-metadata', besideTimecode: false },
    rates: MXF_RATES,
    endsTogether: true,
    colourTags: MXF_COLOUR_TAGS,
    partialColourTags: true,
    lightLevel: false,
    squarePixelCodecs: ['dnxhr'],
  },
};

/** Language code that the container keeps; `null` when it has no place for the language. */
export function writableLanguage(code: string, container: Container): string | null {
  const { languages } = CONTAINER_RULES[container];
  if (languages === 'none') return null;
  if (languages === 'all') return code;
  const fits = languages === 'three-letter' ? /^[a-z]{3}$/.test(code) : languages.has(code);
  if (fits) return code;
  return [...QUICKTIME_LANGUAGES].find((name) => isSameLanguage(name, code)) ?? null;
}
