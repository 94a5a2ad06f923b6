import {
  type MediaInfo,
  type MediaStream,
  positiveRational,
  rationalToNumber,
  type VideoStream,
  withTimecodeLater,
} from '../media/index.ts';
import { quicktimeTracks, type QuicktimeTrack } from './quicktime-tracks.ts';
import type { RangeReader } from './range-reader.ts';

/** Share of a frame by which a time may be rounded: edits count in thousandths of a second. */
const ROUNDING = 0.1;

/** What edits of a track are rounded by, at most. */
const EDIT_SECONDS = 0.005;

/** The same of a MOV or MP4 file, with what ffprobe leaves out: how its tracks are cut, and of how many kinds their samples are. */
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
  const told = {
    ...asEdited(media, tracks),
    misread: misread(played),
    isJoined: played.some((track) => isJoined(track) && isCoarse(track)),
  };
  if (timecode?.countRate === undefined || timecode.countRate === null || !picture) return told;
  const seconds = timecodeAt(timecode, firstPicture(picture, video));
  const frames = Math.floor(seconds * rationalToNumber(timecode.countRate) + ROUNDING);
  return {
    ...withTimecodeLater(told, frames, timecode.countRate),
    timecodeParts: Math.max(timecode.samples, joins(timecode)),
  };
}

/** Each track is a stream, in the same order, where there are as many. */
function asEdited(media: MediaInfo, tracks: readonly QuicktimeTrack[]): MediaInfo {
  if (tracks.length !== media.streams.length) return media;
  const streams = media.streams.map((stream, index) => {
    const edited = { ...stream, durationSeconds: shownSeconds(stream, tracks[index]) };
    return edited.kind === 'audio' && endsCut(tracks[index])
      ? { ...edited, endsCut: true }
      : edited;
  });
  return { ...media, streams };
}

/** How long a track is shown: FFmpeg takes what is empty before it for a part of it. An edit without a length ends with its media. */
function shownSeconds({ durationSeconds }: MediaStream, track?: QuicktimeTrack): number | null {
  const edits = track?.edits ?? [];
  const shown = fromFirstShown(edits);
  if (durationSeconds === null || shown.length === edits.length) return durationSeconds;
  return Math.min(durationSeconds, secondsOf(shown) || durationSeconds);
}

/** Without what is empty at the start. */
function fromFirstShown(edits: QuicktimeTrack['edits']): QuicktimeTrack['edits'] {
  const first = edits.findIndex(({ from }) => from !== null);
  return first < 0 ? [] : edits.slice(first);
}

function endsCut(track: QuicktimeTrack | undefined): boolean {
  const last = track?.edits.at(-1);
  if (track === undefined || last === undefined || last.from === null) return false;
  return track.length - (last.from + last.seconds) > EDIT_SECONDS;
}

/** Why FFmpeg would read a file otherwise than it is meant, the end of a sentence about it; `null` where nothing tells. */
function misread(tracks: readonly QuicktimeTrack[]): string | null {
  if (tracks.some(isMixed)) return 'has a sound track of several forms, such as two byte orders';
  if (tracks.some(hasGap)) return 'is edited to show or play nothing for a while';
  return tracks.some(isPaced) ? 'is edited to play some of it slower, faster or still' : null;
}

/** FFmpeg begins a later part with a whole packet, and one of pictures stored in another order with a packet that it doesn't show. */
function isJoined({ edits }: QuicktimeTrack): boolean {
  return edits.filter(({ from, seconds }) => from !== null && seconds > 0).length > 1;
}

/** FFmpeg leaves nothing out but what is empty at the start: in a later gap it shows the beginning once more. */
function hasGap({ edits }: QuicktimeTrack): boolean {
  return fromFirstShown(edits).some(({ from, seconds }) => from === null && seconds > 0);
}

function isMixed({ kind, forms }: QuicktimeTrack): boolean {
  return kind === 'soun' && new Set(forms).size > 1;
}

function isPaced({ edits }: QuicktimeTrack): boolean {
  return edits.some(({ from, speed }) => from !== null && speed !== 1);
}

/** The track that tells the timecode of the picture, or else the first that tells one. */
function timecodeTrack(
  tracks: readonly QuicktimeTrack[],
  picture: QuicktimeTrack | undefined,
): QuicktimeTrack | undefined {
  const counting = tracks.filter(({ kind }) => kind === 'tmcd');
  return counting.find(({ id }) => picture?.timecodes.includes(id)) ?? counting[0];
}

/** When the first picture is shown, in seconds of the movie: FFmpeg leaves out one that is cut through. */
function firstPicture({ edits, firstShown }: QuicktimeTrack, { frameRate }: VideoStream): number {
  const first = edits.findIndex(({ from }) => from !== null);
  const delay = secondsOf(edits.slice(0, Math.max(first, 0)));
  const rate = positiveRational(frameRate);
  const into = (edits[first]?.from ?? 0) - firstShown;
  if (rate === null || into <= 0) return delay;
  const frames = into * rationalToNumber(rate);
  return delay + (Math.ceil(frames - 1e-6) - frames) / rationalToNumber(rate);
}

/** Seconds of a timecode track's media at a moment of the movie; before its first, they count backwards. */
function timecodeAt({ edits }: QuicktimeTrack, moment: number): number {
  let begin = 0;
  let [at, from]: [number, number | null] = [0, null];
  for (const edit of edits) {
    if (edit.from !== null && (from === null || begin <= moment)) [at, from] = [begin, edit.from];
    begin += edit.seconds;
  }
  return (from ?? 0) + moment - at;
}

/** How many parts of its media are shown that don't go on where the one before ended. */
function joins({ edits }: QuicktimeTrack): number {
  const shown = edits.flatMap(({ from, seconds }) => (from === null ? [] : [{ from, seconds }]));
  return shown.filter(({ from }, index) => {
    const before = shown[index - 1];
    return before === undefined || Math.abs(before.from + before.seconds - from) > EDIT_SECONDS;
  }).length;
}

function secondsOf(edits: readonly { seconds: number }[]): number {
  return edits.reduce((sum, { seconds }) => sum + seconds, 0);
}
