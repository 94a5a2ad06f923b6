import {
  unsupportedSource,
  type EngineName,
  type Finding,
  type UnsupportedSource,
} from '@app/jobspec';
import {
  unknownTracks,
  lacksBaseFrame,
  type MediaInfo,
  primaryVideo,
  type ProbeResult,
  SOURCE_CONTAINERS,
  SOURCE_FORMATS,
  sourceFormat,
} from '../media/index.ts';
import {
  extensionOf,
  rawCodecOf,
  rawFormatOfUnreadable,
  rawFrameFormat,
  rawSequenceFormat,
} from './recognise-raw.ts';
import { rewrapCommand } from './rewrapping.ts';
import { isStandardCodec, STILL_IMAGE_BRANDS, UNSUPPORTED_KINDS } from './source-formats.ts';

/** A source as known without opening it. */
export type SourceFacts = { path: string } & (
  | { kind: 'file'; sizeBytes: number }
  /** `fileNames`: the files and links directly in the folder. */
  | { kind: 'folder'; fileNames: readonly string[] }
  /** A FIFO, socket or device: never opened. */
  | { kind: 'special' }
);

/** The engine that takes a source. */
export interface SourceRoute {
  engine: EngineName;
  /** The friendly name of a RAW format, FFmpeg's name of a standard codec, or `unknown`. */
  codec: string;
}

/** A source that no engine takes. */
export interface SourceRefusal extends UnsupportedSource {
  engine: null;
}

/** Route of one source and its description. */
export interface SourceVerdict {
  route: SourceRoute | SourceRefusal;
  /** ffprobe's description; `null` if the name decides, or if ffprobe can't open the file. */
  media: MediaInfo | null;
}

/**
 * Decides which engine takes a source.
 *
 * @param probe describes the file, called only if its name doesn't decide. Its errors are passed on.
 */
export async function routeSource(
  source: SourceFacts,
  probe: () => Promise<ProbeResult>,
): Promise<SourceVerdict> {
  const route = routeByName(source);
  if (route) return { route, media: null };
  const probed = await probe();
  const media = 'media' in probed ? probed.media : null;
  return { route: routeByContent(source.path, probed), media };
}

/**
 * Routing rules that don't open the file; the first match wins. `null` if none applies; the file is then probed and routed by
 * {@link routeByContent}.
 */
export function routeByName(source: SourceFacts): SourceRoute | SourceRefusal | null {
  if (source.kind === 'folder') return routeFolder(source.path, source.fileNames);
  if (source.kind === 'special') return refuse(source.path, 'is not a regular file', 'not_a_clip');
  if (source.sizeBytes === 0) return refuse(source.path, 'is empty', 'empty');

  const frame = rawFrameFormat(source.path);
  return frame ? route('resolve', frame.codec) : null;
}

/** Routing rules for ffprobe's description; the first match wins. Content beats the extension wherever FFmpeg knows the content. */
export function routeByContent(path: string, probe: ProbeResult): SourceRoute | SourceRefusal {
  if ('error' in probe) return routeUnreadable(path, probe);
  const { media } = probe;

  const video = primaryVideo(media);
  if (!video) return refuse(path, audioOnly(media), 'no_picture');
  if (isStillImage(path, media)) return refuse(path, 'is a still image and not a clip', 'still');

  const rawCodec = rawCodecOf(path, media, video);
  if (rawCodec !== null) return route('resolve', rawCodec);

  const codec = video.codecName;
  if (!isStandardCodec(codec))
    return refuse(path, `has video in codec '${codec}'`, 'codec_unknown');
  if (video.carries?.includes('Encryption info')) return refuse(path, 'is encrypted', 'encrypted');
  if (video.pixelFormat === null || video.width === null || video.height === null)
    return refuse(path, `declares '${codec}' video without a picture`, 'media_missing');

  if (media.misread) return refuse(path, media.misread, 'movie_edited');
  if (lacksBaseFrame(video)) return refuse(path, NO_BASE, 'no_base_picture');

  const late = unknownTracks(media).find(({ hasPackets }) => hasPackets);
  if (late) {
    const command = rewrapCommand(path, '.mkv', ['-probesize', '2G', '-analyzeduration', '3600M']);
    return refuse(path, `has audio in stream ${late.index} ${LATE}`, 'sound_late', { command });
  }

  const tracks = media.streams.filter(({ kind }) => kind === 'audio').length;
  if (tracks > MOST_TRACKS)
    return refuse(
      path,
      `has ${tracks} audio tracks, and at most ${MOST_TRACKS} can be made`,
      'tracks_too_many',
    );

  return route('ffmpeg', codec);
}

const NO_BASE =
  'is Dolby Vision with no picture for other screens (its profile 5, or 10.0): without Dolby’s own conversion all colours are wrong';
const LATE = 'whose channels and sample rate are unknown, as it begins too late or is damaged';

/**
 * More tracks than any recorder writes. Each takes one file descriptor of the runner during the encode and two during the
 * comparison, so four workers stay below 1,024, the usual limit per process.
 */
export const MOST_TRACKS = 64;

/**
 * Warning if the extension of a source names another container than the one that was found. FFmpeg goes by the content, and takes
 * a file that lost its header for one in another format.
 *
 * @param formatName ffprobe's name of the container.
 */
export function otherNameWarnings(path: string, formatName: string): string[] {
  const extension = extensionOf(path);
  const format = sourceFormat(formatName);
  const named = SOURCE_FORMATS.filter((name) =>
    SOURCE_CONTAINERS[name].extensions.includes(extension),
  );
  if (format === null || named.length === 0 || named.includes(format)) return [];
  return [
    `The source is called ${extension} and is ${SOURCE_CONTAINERS[format].title} inside. If nobody has renamed it, its header is lost: look at the proxy.`,
  ];
}

function routeFolder(path: string, fileNames: readonly string[]): SourceRoute | SourceRefusal {
  const format = rawSequenceFormat(fileNames);
  if (format) return route('resolve', format.codec);
  return refuse(path, 'is a folder without RAW frames', 'not_a_clip');
}

function routeUnreadable(
  path: string,
  { error, damage }: Extract<ProbeResult, { error: string }>,
): SourceRoute | SourceRefusal {
  const raw = rawFormatOfUnreadable(path);
  if (raw) return route('resolve', raw.codec);

  if (damage) return refuse(path, `is cut short or unfinished: ${damage}`, 'cut_off');

  const kind = UNSUPPORTED_KINDS.find(({ extensions }) => extensions.includes(extensionOf(path)));
  const command = rewrapCommand(path, '.mkv');
  if (kind) return refuse(path, `is, by its extension, ${kind.title}`, kind.finding, { command });
  return refuse(path, `can't be read as a clip (ffprobe: ${error})`, 'unreadable');
}

function audioOnly(media: MediaInfo): string {
  const hasAudio = media.streams.some(({ kind }) => kind === 'audio');
  return hasAudio ? 'has no video, only audio' : 'has no video';
}

/** True for HEIF, AVIF and Canon's CR3, which open like clips; a CR3 even has the brand and codec tag of Cinema RAW Light. */
function isStillImage(path: string, media: MediaInfo): boolean {
  const brand = media.tags['major_brand']?.trim() ?? '';
  return STILL_IMAGE_BRANDS.has(brand) || (brand === 'crx' && extensionOf(path) === '.cr3');
}

function route(engine: SourceRoute['engine'], codec: string): SourceRoute {
  return { engine, codec };
}

function refuse(
  path: string,
  fault: string,
  finding: Finding,
  facts?: Readonly<Record<string, string>>,
): SourceRefusal {
  return { engine: null, ...unsupportedSource(path, fault, finding, facts) };
}
