/**
 * Description of a media file, mapped once from ffprobe's JSON. Outside this folder, ffprobe's field names are known only for
 * side data.
 */
export interface MediaInfo {
  /** The demuxer as ffprobe names it, for example `mov,mp4,m4a,3gp,3g2,mj2` or `mxf`. */
  formatName: string;
  /** Seconds, from the container's header. */
  durationSeconds: number | null;
  /** FFmpeg's time zero in seconds: the first sample of any stream, as its demuxer knows it. */
  startSeconds: number | null;
  /** Container metadata, keys in lower case. */
  tags: Readonly<Record<string, string>>;
  /** All streams, in the order of the file. */
  streams: readonly MediaStream[];
  /** Stream indexes of each program; empty for most containers. */
  programs: readonly (readonly number[])[];
  /** Frame numbers per second of the start timecode, if it was looked for and the file's structure has it. */
  timecodeBase?: number | null;
  /** Number of frames stored before the first presented one (pre-roll), if it was looked for. */
  prerollFrames?: number;
  /** Number of possibly discontinuous parts of the timecode track, if its structure was read. */
  timecodeParts?: number;
  /** Reason why FFmpeg would misread the file, as the end of a sentence about it; `null` for none. */
  misread?: string | null;
  /** True if its edits join parts of its media that FFmpeg doesn't cut exactly; absent if not looked for. */
  isJoined?: boolean;
  /** True if some streams were found only by reading farther than FFmpeg's default. */
  isProbedDeeper?: boolean;
  /**
   * Its whole packets, if the file ends inside a frame or a block of audio: the number of those before the last one, by stream
   * index, and the most seconds of a stream of which the demuxer knows that they are incomplete. It leaves these out itself.
   */
  whole?: { packets: Readonly<Record<number, number>>; secondsLess: number };
}

/** Facts from the packets of one stream, if the file was read to its end. */
export interface PacketFacts {
  count: number;
  /** Packets that are presented: an edit list may hide some. */
  shown: number;
  /** PTS of the presented packets, in ticks of the stream's clock and in file order. */
  times: readonly number[];
  /** Index of the first keyframe among the presented packets; `null` without any. */
  firstKey: number | null;
  /** Earliest PTS, and the end of the packet that ends last, in ticks; `null` when no packet has a PTS. */
  first: number | null;
  end: number | null;
  /** Bytes of each presented packet, in file order. */
  sizes: readonly number[];
  /** PTS, in ticks, of the first packet of which the demuxer knows that some of it is missing; absent if there is none. */
  corruptFrom?: number;
  /** Number of empty slots, which packets mark that aren't counted. The frame before may be shown in them. */
  markedEmpty?: number;
}

export type MediaStream = VideoStream | AudioStream | OtherStream;

interface StreamBase {
  /** Position in the file, as FFmpeg's `0:INDEX` counts. */
  index: number;
  /** FFmpeg's name; `null` if the codec is unknown. */
  codecName: string | null;
  /** Four characters, with unprintable bytes as `[n]`; `[0][0][0][0]` when there is none. */
  codecTag: string;
  profile: string | null;
  /** Start of the first sample, in seconds. */
  startSeconds: number | null;
  durationSeconds: number | null;
  /** Frames or packets that the header declares. */
  declaredFrames: number | null;
  /** Seconds of one tick of its clock. */
  tickSeconds: number | null;
  /** Packet facts, if the file was read to its end. */
  packets: PacketFacts | null;
  /** Stream metadata, keys in lower case. */
  tags: Readonly<Record<string, string>>;
  isAttachedPicture: boolean;
  /**
   * True if it ends before its media does: by an edit, or, for audio, by the duration of its last block. FFmpeg reads on to the end
   * of a packet and decodes whole blocks.
   */
  endsEarly?: boolean;
}

export interface VideoStream extends StreamBase {
  kind: 'video';
  /** Coded pixels; `null` when unknown. */
  width: number | null;
  height: number | null;
  pixelFormat: string | null;
  /** `num:den`; `null` when not declared. */
  sampleAspectRatio: string | null;
  /** Rationals as strings (`24000/1001`): the base rate, and the average over the file. */
  frameRate: string | null;
  averageFrameRate: string | null;
  /** Facts from its first frames, if they were decoded. */
  head: HeadFrames | null;
  /** Largest difference between coding order and display order, in frames. */
  reorderedFrames: number | null;
  /** `progressive`, `tt`, `bb`, `tb`, `bt`; `null` when unknown. */
  fieldOrder: string | null;
  colorRange: string | null;
  colorPrimaries: string | null;
  colorTransfer: string | null;
  colorMatrix: string | null;
  /** Degrees of the display matrix, a multiple of 90 for ordinary clips. */
  rotationDegrees: number;
  /** ffprobe's side data blocks (display matrix, mastering display, content light level), by `side_data_type`. */
  sideData: readonly Readonly<Record<string, unknown>>[];
  /** Side data types of its first packets and frames, by ffprobe's names; absent if not read. */
  carries?: readonly string[];
}

/** First frames of a clip, in display order. */
export interface HeadFrames {
  /** PTS of each, in seconds of the file's clock; `NaN` for one without, as in program streams. */
  seconds: readonly number[];
  /** Number of untimed frames shown before the first that has a PTS. */
  untimedFirst?: number;
  /** Time of the first stored frame, if the container makes reordered frames seem late; else `null`. */
  firstStored: number | null;
  /** True if other packets are due before, or together with, the first frame that can be decoded. */
  startsUndecodable?: boolean;
  /** Times of the first stored packets, if the header's rate is that of slots, which may be empty. */
  slotSeconds?: readonly number[];
  /** Size of the first frame, if its codec knows better than the container. */
  size?: { width: number; height: number };
  /** True if the PTS of some frame isn't later than that of the frame before it. */
  goesBack?: boolean;
  /** Duration of a single frame, from its packet or the file, as a rate; only if the header has no rate. */
  singleFrameRate?: string;
  /** True if the top field comes first; `null` for progressive frames and mixed orders. */
  topFieldFirst: boolean | null;
  /** True if each packet is one field, as in AVCHD from cameras. */
  packetsAreFields?: boolean;
}

export interface AudioStream extends StreamBase {
  kind: 'audio';
  sampleRate: number | null;
  channels: number | null;
  /** FFmpeg's name, for example `stereo`; `null` if unknown. */
  channelLayout: string | null;
  /** Dispositions by FFmpeg's names, for example `default`, `dub`. */
  dispositions: readonly string[];
  /** True if it has any packet; only for a track without channel count or sample rate. */
  hasPackets?: boolean;
  /** True if the container's index shows that each block follows the one before it, without hole or overlap. */
  isContiguous?: boolean;
  /** True if its first packet is the rest of a block of audio that began before the file. */
  startsInsideBlock?: boolean;
  /** Encoder delay in samples, as its codec needs and its container declares. */
  primingSamples?: number | null;
}

export interface OtherStream extends StreamBase {
  kind: 'data' | 'subtitle' | 'attachment' | 'unknown';
  /** Counts per second of a timecode track, a rational as a string; `null` if not declared. */
  countRate: string | null;
}

/** FFmpeg's disposition of a track that is enabled in MOV and MP4, or a default in Matroska. */
export const PLAYED = 'default';

/** True for a track that plays unless somebody chooses others. */
export function isPlayed({ dispositions }: Pick<AudioStream, 'dispositions'>): boolean {
  return dispositions.includes(PLAYED);
}

/** The stream with facts from its first frames. */
export function withHead(video: VideoStream, head: HeadFrames | null): VideoStream {
  return { ...video, ...head?.size, head };
}

/**
 * The file with packet facts for each stream.
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

/** Packet facts by stream index. */
export function packetsOf({ streams }: MediaInfo): ReadonlyMap<number, PacketFacts | null> {
  return new Map(streams.map(({ index, packets }) => [index, packets]));
}

/** Video and audio tracks of a file, in the order in which they are copied: `0:V:0`, then `0:a:0` and so on. */
export function videoAndTracks(media: MediaInfo): MediaStream[] {
  const video = primaryVideo(media);
  const tracks = media.streams.filter(({ kind }) => kind === 'audio');
  return video === null ? tracks : [video, ...tracks];
}

/** Stream that decides routing and becomes the proxy's video: the first that is not an attached picture. */
export function primaryVideo(media: MediaInfo): VideoStream | null {
  return (
    media.streams.find(
      (stream): stream is VideoStream => stream.kind === 'video' && !stream.isAttachedPicture,
    ) ?? null
  );
}
