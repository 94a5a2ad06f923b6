import {
  primaryVideo,
  probeOptions,
  type MediaInfo,
  type MediaStream,
  type VideoStream,
} from '../media/index.ts';
import { boxWarnings, planBurnIn } from './video/burn-in.ts';
import { planVideo } from './video/plan-video.ts';
import {
  type PlanViolation,
  type ProxyPlan,
  type ProxyRequest,
  type ListedSource,
  AUDIO_ENCODERS,
} from './plan/proxy-plan.ts';
import { planAudio } from './audio/audio-tracks.ts';
import { planClock, declaredLength } from './time/clock.ts';
import { mostlyRepeated, planTiming } from './time/timing.ts';
import {
  planReelName,
  planTimecode,
  tooFastForTimecode,
  sourceReel,
} from './time/start-timecode.ts';
import { uprightRaster } from './video/frame-size.ts';
import { CODEC_RULES } from './codecs/codec-rules.ts';

export type Planning =
  | { plan: ProxyPlan; violations?: undefined }
  | { plan?: undefined; violations: readonly PlanViolation[] };

/**
 * Decides everything about one proxy. The same request and source give the same plan; no file is read and no program run.
 *
 * @returns The plan, or violations for what the codec or container can't do.
 * @throws TypeError when the source has no video: routing has refused such sources.
 */
export function planProxy(request: ProxyRequest, source: MediaInfo): Planning {
  const { codec, container, burnIn } = request;
  const video = primaryVideo(source);
  if (!video) throw new TypeError('Expected a source with a picture');
  const timing = planTiming(request, video);
  if ('path' in timing) return { violations: [timing] };
  const clock = planClock(request, source, video, timing.value);
  const plannedVideo = planVideo(request, video, timing, clock);
  if ('path' in plannedVideo) return { violations: [plannedVideo] };
  const audio = planAudio(container, source, video);
  const timecode = planTimecode(source, video, timing.value);
  const uncounted = tooFastForTimecode(request, timecode.value, timing.value);
  if (uncounted) return { violations: [uncounted] };
  const facts = listedSource(source, video);
  const reel = planReelName(source, video, container, timecode.value);
  const declared = declaredLength(request, source, video, timing.value, audio.value);
  const repeated = mostlyRepeated(request, video, { timing: timing.value, clock });
  if (repeated) return { violations: [repeated] };
  const texts = planBurnIn(burnIn, {
    size: plannedVideo.value.size,
    sampleAspectRatio: plannedVideo.value.sampleAspectRatio,
    transfer: plannedVideo.value.colour.transfer,
    rate: timing.value.rate,
    timecode: timecode.value,
    reel: facts.reel,
    frames: declared.frames,
  });
  if (texts !== null && !('texts' in texts)) return { violations: texts };
  const rulings = [plannedVideo, audio, timecode, reel];
  return {
    plan: {
      codec,
      container,
      video: { ...plannedVideo.value, burnIn: texts },
      audio: audio.value,
      timecode: timecode.value,
      reelName: reel.value,
      source: facts,
      declared,
      probeOptions: probeOptions(source),
      packetsRead: source.whole?.packets ?? null,
      warnings: [
        ...rulings.flatMap(({ warnings }) => warnings),
        ...boxWarnings(texts),
        ...prerollWarnings(source),
        ...(source.isJoined ? [JOINED] : []),
        ...droppedStreams(source, video),
      ],
    },
  };
}

function prerollWarnings({ prerollFrames: frames = 0 }: MediaInfo): string[] {
  return frames === 0
    ? []
    : [
        `The source stores frames before its start (pre-roll), ${frames} of them: the proxy has them too, and its timecode begins that much earlier.`,
      ];
}

const JOINED =
  'The source is edited together from several parts: FFmpeg may show or play a later one some hundredths of a second early or late. To have it exact, open it in QuickTime Player or an editor and export it as a new clip.';

/** Sample entries of timecode tracks, whose content becomes the start timecode. */
const TIMECODE_TAGS = new Set(['tmcd', 'TMCD']);

/** A sentence for each kind of stream that no proxy holds: all except one video stream, its audio and its timecode. */
function droppedStreams(source: MediaInfo, video: VideoStream): string[] {
  const kinds = new Map<string, number[]>();
  for (const stream of source.streams) {
    const isTimecode = TIMECODE_TAGS.has(stream.codecTag) || stream.tags['timecode'] !== undefined;
    if (stream === video || stream.kind === 'audio' || isTimecode) continue;
    const name = nameOf(stream);
    kinds.set(name, [...(kinds.get(name) ?? []), stream.index]);
  }
  return [...kinds].map(([name, [first, ...others]]) =>
    others.length === 0
      ? `Stream ${first}, ${name}, is left out: a proxy has none.`
      : `Streams ${[first, ...others.slice(0, -1)].join(', ')} and ${others.at(-1)}, each ${name}, are left out: a proxy has none.`,
  );
}

function nameOf(stream: MediaStream): string {
  if (stream.isAttachedPicture) return 'a cover picture';
  if (stream.kind === 'video') return 'a second picture';
  const codec = stream.codecName ?? (stream.codecTag === '[0][0][0][0]' ? '' : stream.codecTag);
  const kind = stream.kind === 'unknown' ? 'an unknown track' : KINDS[stream.kind];
  return codec === '' ? kind : `${kind} (${codec})`;
}

const KINDS = {
  data: 'a data track',
  subtitle: 'subtitles',
  attachment: 'an attached file',
  audio: 'sound',
} as const;

/** Facts of a source for lists. */
export function listedSource(media: MediaInfo, video: VideoStream): ListedSource {
  const { width, height } = uprightRaster(video)?.size ?? {};
  const audio = media.streams.find((stream) => stream.kind === 'audio');
  return {
    reel: sourceReel(media, video),
    ...(width && height && { source_size: `${width}x${height}` }),
    ...(audio?.sampleRate && { source_sample_rate: audio.sampleRate }),
  };
}

/** FFmpeg encoders that the contract needs. */
export function requiredEncoders(): string[] {
  const videoEncoders = Object.values(CODEC_RULES).map(({ encoder }) => encoder);
  return [...new Set([...videoEncoders, ...AUDIO_ENCODERS])];
}
