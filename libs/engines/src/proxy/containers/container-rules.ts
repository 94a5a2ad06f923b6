import type { Codec, Container } from '@app/jobspec';
import { type TagName, codesOf } from '../../media/index.ts';

/** What a container can hold and how FFmpeg writes it; every container of the contract is one row. */
export interface ContainerRule {
  /** FFmpeg's muxer with its options. */
  muxer: readonly string[];
  /** The format as ffprobe reports it; MOV and MP4, which share a reader, with their brand. */
  reads: string;
  /** The brands that it is told by where containers share a reader; `null` where it has its own. */
  brands: RegExp | null;
  audio: AudioKind;
  /** Which codes of languages it keeps, by ISO 639-2. */
  languages: 'all' | 'three-letter' | 'none' | ReadonlySet<string>;
  /** Whether it keeps the names of audio tracks. */
  trackTitles: boolean;
  /** Where FFmpeg must be given the reel name; a reason, as the end of a sentence, where there is no place for it. */
  reelName: ReelPlace | { missing: string };
  /** The frame rates by which it counts; `null` where every frame has a time of its own. */
  rates: readonly string[] | null;
  /** Most whole frames per second that a timecode counts in it; `null` for any. */
  timecodeBase: number | null;
  /** Whether all tracks end together, and sound is counted in frames of the picture. */
  endsTogether: boolean;
  /** Tags that it has a label for, by FFmpeg's names; `null` for all. */
  colourTags: Readonly<Record<TagName, readonly string[]>> | null;
  /** Whether it holds some of the three colour tags; if not, all or none. */
  partialColourTags: boolean;
  /** Whether it holds the light level of an HDR master. */
  lightLevel: boolean;
  /** Arrangements of the two views of a stereoscopic picture, by ffprobe's names, that it has no name for and refuses. */
  namelessViews: readonly string[];
  /** Codecs whose pixels are read back as square from it. */
  squarePixelCodecs: readonly Codec[];
  /** Whether it names a codec by a sample entry of four letters. */
  sampleEntries: boolean;
}

export interface ReelPlace {
  /** The option that FFmpeg takes it by. */
  option: '-metadata' | '-metadata:s:v:0';
  /** Whether it is kept beside a timecode and nowhere else. */
  besideTimecode: boolean;
}

/** What each kind of sound is, in the words of the documents. */
export const SOUND_DESCRIPTIONS = {
  pcm: 'PCM, 16 bits, or 24 for sources with more',
  'studio-pcm': 'PCM as above, at 48 kHz, ending with the picture',
  aac: 'AAC, 96 kb/s a channel; Opus where AAC has no such number of channels',
  opus: 'Opus, 64 kb/s a channel, at 48 kHz',
} as const;

/** How a container's sound is coded; `proxy/audio` has one rule for each. */
export type AudioKind = keyof typeof SOUND_DESCRIPTIONS;

/** The frame rates that FFmpeg's MXF writer knows. */
export const MXF_RATES: readonly string[] =
  '24000/1001 24/1 25/1 30000/1001 30/1 48/1 50/1 60000/1001 60/1 100/1 120/1'.split(' ');

/** Tags that MXF has a label for, by FFmpeg's names and measured with 7.1.5. */
export const MXF_COLOUR_TAGS: Record<TagName, readonly string[]> = {
  primaries: ['bt709', 'bt470bg', 'smpte170m', 'bt2020', 'smpte428', 'smpte431', 'smpte432'],
  transfer: ['bt709', 'smpte170m', 'bt470m', 'smpte2084', 'arib-std-b67', 'linear'],
  matrix: ['bt709', 'bt470bg', 'smpte170m', 'smpte240m', 'bt2020nc'],
};

/** The codes that FFmpeg 7.1.5 writes into MOV, measured one by one; it drops all others without a word. */
export const QUICKTIME_LANGUAGES: ReadonlySet<string> = new Set(
  `alb amh ara arm asm aym aze baq bel ben bul bur cat ces chi dan dut dzo eng epo est fin fra geo ger gre grn guj heb
  hin hun ice ind ita jav jpn kan kas kaz khm kin kir kor kur lao lat lav lit mac mal mar may mlg mlt mol mon nep nor nya
  ori orm pol por pus que ron run rus san sin slk slv snd som spa swa swe tam tat tel tgk tgl tha tib tir tuk tur uig
  ukr urd uzb vie wel yid`.split(/\s+/),
);

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
  brands: null,
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
    brands: /^qt *$/,
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
    brands: /^(?!qt *$)/,
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
    brands: null,
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

/** The code to write for a language so that the container keeps it; `null` when it has no place for it. */
export function writableLanguage(code: string, container: Container): string | null {
  const { languages } = CONTAINER_RULES[container];
  if (languages === 'none') return null;
  if (languages === 'all') return code;
  const fits = (name: string) =>
    languages === 'three-letter' ? /^[a-z]{3}$/.test(name) : languages.has(name);
  return codesOf(code).find(fits) ?? null;
}
