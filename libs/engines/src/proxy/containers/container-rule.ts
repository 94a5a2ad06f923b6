import type { Codec } from '@app/jobspec';
import type { TagName } from '../../media/index.ts';
import type { AudioKind } from './audio-kinds.ts';

/** What a container can hold and how FFmpeg writes it; every container of the contract is one row. */
export interface ContainerRule {
  /** FFmpeg's muxer with its options. */
  muxer: readonly string[];
  /** The format as ffprobe reports it; MOV and MP4, which share a reader, with their brand. */
  reads: string;
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
