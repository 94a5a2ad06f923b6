import {
  type AudioStream,
  isPcm,
  type MediaInfo,
  type MediaStream,
  positiveRational,
  rationalToNumber,
  type VideoStream,
  withTimecodeOffset,
} from '../media/index.ts';
import {
  clockOf,
  isWide,
  kindOf,
  longIn,
  partsOf,
  wideIn,
  type Part,
  type Parts,
} from './quicktime.ts';
import { textAt, type RangeReader } from './range-reader.ts';

/** Edit of a track: a part of its media that is shown after the one before (QuickTime File Format, “Edit atoms”). */
interface Edit {
  /** Duration in the movie, in seconds. */
  seconds: number;
  /** Start in the media, in seconds; `null` if the edit is empty. */
  from: number | null;
  /** Seconds of the media per second of the movie. */
  speed: number;
}

interface QuicktimeTrack {
  id: number;
  /** `vide`, `soun`, `tmcd` and the like. */
  kind: string;
  edits: readonly Edit[];
  /** Duration of the media in seconds. */
  length: number;
  /** Format of each sample description as text: equal texts for equal formats. */
  formats: readonly string[];
  /** Number of samples, if they are listed. */
  samples: number;
  /** Duration of each sample in seconds, the last one excepted; `null` if they differ. */
  step: number | null;
  /** True if the last sample is shorter than all others, which are equally long. */
  endsShort: boolean;
  /** Seconds of a tick of its edits. */
  editTick: number;
  /** Time at which the first sample is shown, in seconds of the media. */
  firstShown: number;
  /** Timecode counts per second, for a timecode track; `null` for other tracks. */
  countRate: { numerator: number; denominator: number } | null;
  /** IDs of its timecode tracks. */
  timecodes: readonly number[];
}

/** Bytes of an audio description that give the format: what follows is for the codec's decoder. */
const FORMAT_BYTES = 36;

/** Part of a frame by which a time may be rounded: edits may count in milliseconds. */
const ROUNDING = 0.1;

/** Most seconds by which the end of an edit may be rounded, a tick of its movie as a rule. */
const MOST_ROUNDED = 0.005;

/** Adds what ffprobe leaves out of a MOV or MP4 file: how its tracks are edited, and the formats of their samples. */
export async function withQuicktimeStructure(
  media: MediaInfo,
  video: VideoStream,
  read: RangeReader,
  size: number,
): Promise<MediaInfo> {
  const tracks = await quicktimeTracks(read, size);
  const picture = tracks.find(({ kind }) => kind === 'vide');
  const played = tracks.filter((track) => track === picture || track.kind === 'soun');
  const timecode = timecodeTrack(tracks, picture);
  const isCoarse = (track: QuicktimeTrack) => track !== picture || (video.reorderedFrames ?? 0) > 0;
  const timed = {
    ...asEdited(media, tracks),
    misread: misread(played),
    isJoined: played.some((track) => isJoined(track) && isCoarse(track)),
  };
  if (timecode?.countRate === undefined || timecode.countRate === null || !picture) return timed;
  const seconds = timecodeAt(timecode, firstPicture(picture, video));
  const frames = Math.floor(seconds * rationalToNumber(timecode.countRate) + ROUNDING);
  return {
    ...withTimecodeOffset(timed, frames, timecode.countRate),
    timecodeParts: Math.max(timecode.samples, partsShown(timecode)),
  };
}

/** Applies the edits of each track to its stream; tracks and streams are in the same order if there are as many of both. */
function asEdited(media: MediaInfo, tracks: readonly QuicktimeTrack[]): MediaInfo {
  if (tracks.length !== media.streams.length) return media;
  const streams = media.streams.map((stream, index) => {
    const track = tracks[index];
    if (track === undefined) return stream;
    const edited = {
      ...stream,
      durationSeconds: shownSeconds(stream, track),
      ...(endsEarly(track) && { endsEarly: true }),
    };
    if (edited.kind !== 'audio') return edited;
    const isContiguous = !isJoined(track) && track.step === blockSeconds(edited);
    return { ...edited, ...(isContiguous && track.step !== null && { isContiguous }) };
  });
  return { ...media, streams };
}

/** Seconds of a PCM sample, or of a block of AAC as most encoders make it; `null` for other codecs. */
function blockSeconds({ codecName, sampleRate }: AudioStream): number | null {
  const samples = isPcm(codecName) ? 1 : codecName === 'aac' ? 1024 : null;
  return samples && sampleRate ? samples / sampleRate : null;
}

/**
 * Seconds for which a track is shown, without the empty start that FFmpeg counts too. An edit of length 0 lasts until the end of
 * its media.
 */
function shownSeconds({ durationSeconds }: MediaStream, { edits }: QuicktimeTrack): number | null {
  const shown = fromFirstShown(edits);
  if (durationSeconds === null || shown.length === edits.length) return durationSeconds;
  return Math.min(durationSeconds, secondsOf(shown) || durationSeconds);
}

/** Edits from the first one that isn't empty. */
function fromFirstShown(edits: QuicktimeTrack['edits']): QuicktimeTrack['edits'] {
  const first = edits.findIndex(({ from }) => from !== null);
  return first < 0 ? [] : edits.slice(first);
}

function endsEarly({ edits, kind, length, endsShort, editTick }: QuicktimeTrack): boolean {
  const { from = null, seconds = 0 } = edits.at(-1) ?? {};
  const hidden = from === null ? 0 : length - (from + seconds);
  return hidden > Math.min(editTick, MOST_ROUNDED) || (kind === 'soun' && endsShort);
}

/** Reason why FFmpeg would misread a file, as the end of a sentence about it; `null` for none. */
function misread(tracks: readonly QuicktimeTrack[]): string | null {
  if (tracks.some(isMixed)) return 'has a sound track in several formats, such as two byte orders';
  if (tracks.some(hasGap)) return 'is edited to show or play nothing for a while';
  return tracks.some(isPaced) ? 'is edited to play some of it slower, faster or still' : null;
}

/**
 * True if a track shows several parts of its media. FFmpeg can begin a later part only with a whole packet, and if frames are
 * reordered, with a packet that it doesn't show.
 */
function isJoined(track: QuicktimeTrack): boolean {
  return partsShown(track) > 1;
}

function partsShown({ edits }: QuicktimeTrack): number {
  return edits.filter(({ from, seconds }) => from !== null && seconds > 0).length;
}

/**
 * True if an edit after the first shown one is empty: FFmpeg honours an empty start only, and shows the beginning once more in a
 * later gap.
 */
function hasGap({ edits }: QuicktimeTrack): boolean {
  return fromFirstShown(edits).some(({ from, seconds }) => from === null && seconds > 0);
}

function isMixed({ kind, formats }: QuicktimeTrack): boolean {
  return kind === 'soun' && new Set(formats).size > 1;
}

function isPaced({ edits }: QuicktimeTrack): boolean {
  return edits.some(({ from, speed }) => from !== null && speed !== 1);
}

/** Timecode track of the video track, or else the first one. */
function timecodeTrack(
  tracks: readonly QuicktimeTrack[],
  picture: QuicktimeTrack | undefined,
): QuicktimeTrack | undefined {
  const counting = tracks.filter(({ kind }) => kind === 'tmcd');
  return counting.find(({ id }) => picture?.timecodes.includes(id)) ?? counting[0];
}

/** Time of the first whole frame in seconds of the movie: FFmpeg leaves out a frame that an edit cuts through. */
function firstPicture({ edits, firstShown }: QuicktimeTrack, { frameRate }: VideoStream): number {
  const first = edits.findIndex(({ from }) => from !== null);
  const delay = secondsOf(edits.slice(0, Math.max(first, 0)));
  const rate = positiveRational(frameRate);
  const into = (edits[first]?.from ?? 0) - firstShown;
  if (rate === null || into <= 0) return delay;
  const frames = into * rationalToNumber(rate);
  return delay + (Math.ceil(frames - 1e-6) - frames) / rationalToNumber(rate);
}

/** Position in a timecode track's media at a moment of the movie, in seconds; before the first edit, counted backwards from it. */
function timecodeAt({ edits }: QuicktimeTrack, moment: number): number {
  let begin = 0;
  let [at, from]: [number, number | null] = [0, null];
  for (const edit of edits) {
    if (edit.from !== null && (from === null || begin <= moment)) [at, from] = [begin, edit.from];
    begin += edit.seconds;
  }
  return (from ?? 0) + moment - at;
}

function secondsOf(edits: readonly { seconds: number }[]): number {
  return edits.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** Tracks of a MOV or MP4 file in their order, by small reads; none if its index can't be read, as when it is compressed. */
async function quicktimeTracks(read: RangeReader, size: number): Promise<QuicktimeTrack[]> {
  const { movie, tracks } = await partsOf(read, size);
  const { scale } = clockOf(movie.get('mvhd'));
  return tracks.map((parts) => trackOf(parts, scale));
}

function trackOf(parts: Parts, movieScale: number): QuicktimeTrack {
  const { scale, length } = clockOf(parts.get('mdhd'));
  const header = parts.get('tkhd');
  const references = parts.get('tmcd');
  return {
    id: longIn(header, isWide(header) ? 20 : 12),
    kind: kindOf(parts),
    edits: editsOf(parts.get('elst'), scale, movieScale),
    length,
    ...descriptions(parts.get('stsd')),
    samples: longIn(parts.get('stsz'), 8),
    step: stepOf(parts.get('stts'), scale),
    endsShort: endsShort(parts.get('stts')),
    editTick: 1 / movieScale,
    firstShown: (longIn(parts.get('ctts'), 12) | 0) / scale,
    timecodes: listOf((references?.view.byteLength ?? 0) / 4, (at) => longIn(references, 4 * at)),
  };
}

function stepOf(times: Part | undefined, scale: number): number | null {
  const isOne = longIn(times, 4) === 1 || lastDiffers(times);
  return isOne ? longIn(times, 12) / scale : null;
}

function endsShort(times: Part | undefined): boolean {
  return lastDiffers(times) && longIn(times, 20) < longIn(times, 12);
}

function lastDiffers(times: Part | undefined): boolean {
  return longIn(times, 4) === 2 && longIn(times, 16) === 1;
}

function editsOf(list: Part | undefined, scale: number, movieScale: number): Edit[] {
  const bytes = isWide(list) ? 20 : 12;
  const whole = ((list?.view.byteLength ?? 0) - 8) / bytes;
  return listOf(Math.min(longIn(list, 4), whole), (index) => {
    const at = 8 + index * bytes;
    const isEmpty = (longIn(list, at + (isWide(list) ? 8 : 4)) | 0) < 0;
    return {
      seconds: wideIn(list, at, at) / movieScale,
      from: isEmpty ? null : wideIn(list, at + 4, at + 8) / scale,
      speed: (longIn(list, at + bytes - 4) | 0) / 0x1_00_00,
    };
  });
}

function descriptions(list: Part | undefined): Pick<QuicktimeTrack, 'formats' | 'countRate'> {
  const formats: string[] = [];
  let countRate: QuicktimeTrack['countRate'] = null;
  for (let at = 8; formats.length < longIn(list, 4); at += Math.max(longIn(list, at), 8)) {
    if (list === undefined || at + FORMAT_BYTES > list.view.byteLength) break;
    const type = textAt(list.view, at + 4, 4);
    formats.push(`${type}${textAt(list.view, at + 16, FORMAT_BYTES - 16)}`);
    if (type === 'tmcd' && longIn(list, at + 28) > 0)
      countRate ??= { numerator: longIn(list, at + 24), denominator: longIn(list, at + 28) };
  }
  return { formats, countRate };
}

function listOf<T>(count: number, of: (index: number) => T): T[] {
  return Array.from({ length: Math.max(0, Math.floor(count)) }, (_, index) => of(index));
}
