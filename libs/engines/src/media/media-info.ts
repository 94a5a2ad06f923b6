/** What a media file says of itself, mapped once from ffprobe's JSON. Nothing past this file knows ffprobe's names. */
export interface MediaInfo {
  /** The demuxer as ffprobe names it, for example `mov,mp4,m4a,3gp,3g2,mj2` or `mxf`. */
  formatName: string;
  /** Seconds, from the container's header. */
  durationSeconds: number | null;
  /** Where FFmpeg puts zero, in seconds: the first sample of any stream, as its reader knows it. */
  startSeconds: number | null;
  /** Container metadata, keys in lower case. */
  tags: Readonly<Record<string, string>>;
  /** All streams, in the order of the file. */
  streams: readonly MediaStream[];
  /** By program, the indexes of its streams; none in most containers. */
  programs: readonly (readonly number[])[];
  /** How many numbers a second of its start timecode has, where that was looked for and its structure tells. */
  timecodeBase?: number | null;
  /** How many pictures are stored before the one with which it begins, where that was looked for. */
  prerollFrames?: number;
  /** Of how many parts that need not follow each other a timecode track consists, where its structure was looked at. */
  timecodeParts?: number;
  /** Why FFmpeg would read it otherwise than it is meant, the end of a sentence about the file; `null` where nothing tells. */
  misread?: string | null;
  /** Whether its edits join parts of its media that FFmpeg doesn't cut exactly, where that was looked for. */
  isJoined?: boolean;
  /** Whether some of it was found only by reading farther than FFmpeg does by itself. */
  isProbedDeeper?: boolean;
}

/** What the packets of one stream tell, where a file was read to its end. */
export interface PacketFacts {
  count: number;
  /** Those that are shown: an edit list may hide some. */
  shown: number;
  /** When they are shown, in ticks of the stream's clock and in the order of the file. */
  times: readonly number[];
  /** Which of them is the first key picture, from 0; `null` without any. */
  firstKey: number | null;
  /** From the first time to the end of the last packet, in ticks; `null` when no packet has a time. */
  first: number | null;
  end: number | null;
  /** Bytes of each that is shown, in the order of the file. */
  sizes: readonly number[];
  /** Slots that are marked as empty, by packets that count as none. The picture before may stay in them. */
  markedEmpty?: number;
}

export type MediaStream = VideoStream | AudioStream | OtherStream;

interface StreamBase {
  /** Position in the file, as FFmpeg's `0:INDEX` counts. */
  index: number;
  /** `null` when the reader knows no such codec. */
  codecName: string | null;
  /** Four characters, bytes that don't print as `[n]`; `[0][0][0][0]` when there is none. */
  codecTag: string;
  profile: string | null;
  /** Of the first sample, in seconds. */
  startSeconds: number | null;
  durationSeconds: number | null;
  /** How many frames or packets the header declares. */
  declaredFrames: number | null;
  /** Seconds of one tick of its clock. */
  tickSeconds: number | null;
  /** What its packets tell, where the file was read to its end. */
  packets: PacketFacts | null;
  /** Stream metadata, keys in lower case. */
  tags: Readonly<Record<string, string>>;
  isAttachedPicture: boolean;
}

export interface VideoStream extends StreamBase {
  kind: 'video';
  /** Coded pixels; `null` when unknown. */
  width: number | null;
  height: number | null;
  pixelFormat: string | null;
  /** `num:den`; `null` when the file doesn't say. */
  sampleAspectRatio: string | null;
  /** Rationals as strings (`24000/1001`): the base rate, and the average over the file. */
  frameRate: string | null;
  averageFrameRate: string | null;
  /** What its first pictures tell, where they were decoded. */
  head: HeadFrames | null;
  /** By how many frames the order of coding and that of display differ at most. */
  reorderedFrames: number | null;
  /** `progressive`, `tt`, `bb`, `tb`, `bt`; `null` when unknown. */
  fieldOrder: string | null;
  colorRange: string | null;
  colorPrimaries: string | null;
  colorTransfer: string | null;
  colorMatrix: string | null;
  /** Degrees as the display matrix says, a multiple of 90 for ordinary clips. */
  rotationDegrees: number;
  /** ffprobe's side data blocks (display matrix, mastering display, content light level), by `side_data_type`. */
  sideData: readonly Readonly<Record<string, unknown>>[];
  /** What its first packets and pictures carry beside themselves, by ffprobe's names of side data; where they were read. */
  carries?: readonly string[];
}

/** The first pictures of a clip, in the order in which they are shown. */
export interface HeadFrames {
  /** When each is shown, on the clock of the file; `NaN` for one that has no time, as in program streams. */
  seconds: readonly number[];
  /** How many of them are shown before the first one that has a time, and have none. */
  untimedFirst?: number;
  /** What the clock says of the first picture that is stored, where those that are reordered seem to come late; `null` elsewhere. */
  firstStored: number | null;
  /** Whether other packets are due before the first that can be decoded, or with it. */
  beginsUndecodable?: boolean;
  /** What it says of each of the first that are stored, where its rate is that of slots, which may be empty. */
  slotSeconds?: readonly number[];
  /** Pixels of the first, where its codec knows better than the container. */
  size?: { width: number; height: number };
  /** Whether the time of a picture isn't after that of the one before it. */
  goesBack?: boolean;
  /** How long the only picture stays, by its packet or else by the file, as a rate; told where the header names none. */
  rateOfOnly?: string;
  /** Whether the upper field comes first; `null` for whole frames, and where they differ. */
  topFieldFirst: boolean | null;
  /** Whether each packet is one field, as cameras write AVCHD. */
  areFields?: boolean;
}

export interface AudioStream extends StreamBase {
  kind: 'audio';
  sampleRate: number | null;
  channels: number | null;
  /** As FFmpeg names it, for example `stereo`; `null` when unknown. */
  channelLayout: string | null;
  /** What it is for, by FFmpeg's names: `default`, `dub`. */
  dispositions: readonly string[];
  /** Whether it has any packet; told of a track whose form nothing tells. */
  hasPackets?: boolean;
  /** Whether it is edited to end before its media does, which FFmpeg reads to the end of a packet. */
  endsCut?: boolean;
  /** Whether its container's index says that each block follows the one before it: no hole or overlap can be in it. */
  isUnbroken?: boolean;
  /** Whether its first packet is known to be the rest of a block of audio that began before the file does. */
  beginsInside?: boolean;
  /** Samples before the first that is heard, as its codec needs and its container says. */
  primingSamples?: number | null;
}

export interface OtherStream extends StreamBase {
  kind: 'data' | 'subtitle' | 'attachment' | 'unknown';
  /** How often a timecode track counts in a second, a rational as a string; `null` where it doesn't say. */
  countRate: string | null;
}

/** The same stream, with what its first pictures tell. */
export function withHead(video: VideoStream, head: HeadFrames | null): VideoStream {
  return { ...video, ...head?.size, head };
}

/**
 * The same file, with what its packets tell of each stream.
 *
 * @param packets by stream index.
 */
export function withPackets(
  media: MediaInfo,
  packets: ReadonlyMap<number, PacketFacts | null>,
): MediaInfo {
  const streams = media.streams.map((stream) => ({
    ...stream,
    packets: packets.get(stream.index) ?? null,
  }));
  return { ...media, streams };
}

/** By stream index, what is known of the packets of a file. */
export function packetsOf({ streams }: MediaInfo): ReadonlyMap<number, PacketFacts | null> {
  return new Map(streams.map(({ index, packets }) => [index, packets]));
}

/** The picture of a file and its tracks, as they are copied: `0:V:0`, then `0:a:0` and so on. */
export function videoAndTracks(media: MediaInfo): MediaStream[] {
  const frame = primaryVideo(media);
  const tracks = media.streams.filter(({ kind }) => kind === 'audio');
  return frame === null ? tracks : [frame, ...tracks];
}

/** The stream that decides routing and becomes the picture: the first video stream that is not an attached picture. */
export function primaryVideo(media: MediaInfo): VideoStream | null {
  return (
    media.streams.find(
      (stream): stream is VideoStream => stream.kind === 'video' && !stream.isAttachedPicture,
    ) ?? null
  );
}
