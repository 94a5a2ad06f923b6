import type { HeaderCheck } from '@app/jobspec';
import {
  fieldOrder,
  formatRational,
  formatTimecode,
  hdrSideData,
  nearestRate,
  parseTimecode,
  positiveRational,
  rationalToNumber,
  sameTag,
  startTimecodes,
  type TagName,
  type VideoStream,
} from '../media/index.ts';
import { CODEC_RULES } from '../proxy/codecs/codec-rules.ts';
import { CONTAINER_RULES } from '../proxy/containers/container-rules.ts';
import type { ColourPlan } from '../proxy/plan/proxy-plan.ts';
import { sizeName } from '../proxy/video/frame-size.ts';
import { check, differs, type Check, type OutputFacts, type ProxyExpectation } from './check.ts';
import { TOLERANCES } from './tolerances.ts';

const UNTAGGED = 'untagged';

/** Checks of the container and of the video stream's header. */
export const FILE_CHECKS: readonly Check[] = [
  check({
    name: 'container',
    says: differs('container'),
    expected: ({ container }) => CONTAINER_RULES[container].reads,
    actual: formatOf,
  }),
  check({
    name: 'start_timecode',
    says: differs('start timecode'),
    expected: ({ timecode }) => timecode ?? undefined,
    actual: ({ media, video }) => (video ? asPlanned(startTimecodes(media, video)[0]) : null),
  }),
  check({
    name: 'reel_name',
    says: differs('reel name'),
    expected: ({ reelName }) => reelName ?? undefined,
    actual: ({ media }) =>
      [...media.streams, media].map(({ tags }) => tags['reel_name']).find(Boolean) ?? null,
  }),
  check({
    name: 'video_codec',
    says: differs('codec'),
    expected: ({ codec }) => CODEC_RULES[codec].reads,
    actual: ({ video }) => video?.codecName ?? null,
  }),
  check({
    name: 'video_profile',
    says: differs('profile'),
    expected: ({ video }) => video.profile ?? undefined,
    actual: ({ video }) => video?.profile ?? null,
  }),
  check({
    name: 'size',
    says: differs('size'),
    expected: ({ video }) => sizeName(video.size),
    actual: ({ video }) =>
      video?.width && video.height ? sizeName({ width: video.width, height: video.height }) : null,
  }),
  check({
    name: 'display_aspect',
    says: differs('display aspect ratio'),
    expected: ({ video }) => roundedRatio(video.displayAspect),
    actual: displayAspect,
    tolerance: (plan, _, expected) => expected * aspectTolerance(plan),
  }),
  check({
    name: 'rotation',
    says: differs('rotation in degrees'),
    expected: () => 0,
    actual: ({ video }) => video?.rotationDegrees ?? null,
  }),
  check({
    name: 'pixel_format',
    says: differs('pixel format'),
    expected: ({ codec, video: { pixelFormat } }) =>
      pixelFormat === null ? undefined : (CODEC_RULES[codec].readAs?.[pixelFormat] ?? pixelFormat),
    actual: ({ video }) => video?.pixelFormat ?? null,
    // ffprobe reports full-range H.264 and H.265 as the deprecated yuvj* formats.
    agrees: (expected, actual) => actual?.replace('yuvj', 'yuv') === expected,
  }),
  check({
    name: 'field_order',
    says: differs('field order'),
    expected: ({ video }) => video.scan.order,
    actual: ({ video }) => video && fieldOrder(video),
  }),
  check({
    name: 'frame_rate',
    says: differs('frame rate'),
    expected: ({ video: { timing } }) =>
      timing.variable && timing.mode === 'passthrough' ? undefined : formatRational(timing.rate),
    actual: frameRate,
    tolerance: ({ video: { timing } }) => TOLERANCES.rateShare * rationalToNumber(timing.rate),
    agrees: (expected, actual, { video: { timing } }, facts) =>
      isSameRate(expected, actual) ||
      // `r_frame_rate` is guessed from timestamps that are rounded to the container's time base.
      isSameRate(expected, facts.video?.averageFrameRate ?? null) ||
      (timing.mode === 'passthrough' && isSameRate(timing.guessedRate, actual)) ||
      isOneFrame(expected, actual, facts),
  }),
];

export const COLOUR_CHECKS: readonly Check[] = [
  tag('color_primaries', 'primaries', (video) => video.colorPrimaries),
  tag('color_transfer', 'transfer', (video) => video.colorTransfer),
  tag('color_matrix', 'matrix', (video) => video.colorMatrix),
  check({
    name: 'color_range',
    says: differs('colour range'),
    expected: ({ video: { colour } }) =>
      colour === null ? undefined : colour.range === 'pc' ? 'full' : 'limited',
    // All proxy codecs mean limited range if untagged.
    actual: ({ video }) => (video?.colorRange === 'pc' ? 'full' : 'limited'),
  }),
  check<readonly string[]>({
    name: 'hdr_metadata',
    says: differs('HDR metadata'),
    expected: ({ video: { colour } }) =>
      colour !== null && colour.hdrMetadata.length > 0 ? colour.hdrMetadata : undefined,
    actual: ({ video }) => video && hdrSideData(video),
  }),
];

/** Timecode normalised as in plans; above 100 fps FFmpeg writes three digits for the frame. */
function asPlanned(text: string | undefined): string | null {
  const timecode = text === undefined ? null : parseTimecode(text);
  return timecode ? formatTimecode(timecode) : (text ?? null);
}

/** Name of the format. MOV and MP4 share a demuxer: the major brand tells them apart. */
function formatOf({ media }: OutputFacts): string {
  if (!media.formatName.startsWith('mov,')) return media.formatName;
  const brand = media.tags['major_brand'] ?? '';
  const rule = Object.values(CONTAINER_RULES).find(({ brands }) => brands?.test(brand));
  return rule?.reads ?? media.formatName;
}

function frameRate({ video }: OutputFacts): string | null {
  const rate = positiveRational(video?.frameRate ?? null);
  return rate && formatRational(nearestRate(rate));
}

function isSameRate(expected: string | null, actual: string | null): boolean {
  const [wanted, found] = [positiveRational(expected), positiveRational(actual)];
  if (!wanted || !found) return false;
  const share = rationalToNumber(found) / rationalToNumber(wanted) - 1;
  return Math.abs(share) < TOLERANCES.rateShare;
}

/**
 * True if the only frame of a one-frame clip lasts as planned, within a tick of the source's time base. Its rate follows from
 * that duration alone.
 */
function isOneFrame(
  expected: string,
  actual: string | null,
  { video, counts }: OutputFacts,
): boolean {
  const [wanted, found] = [positiveRational(expected), positiveRational(actual)];
  if (!wanted || !found || video?.packets?.count !== 1) return false;
  const off = 1 / rationalToNumber(found) - 1 / rationalToNumber(wanted);
  return Math.abs(off) < counts.frameTick;
}

function displayAspect({ video }: OutputFacts): number | null {
  if (!video?.width || !video.height) return null;
  const pixel = rationalToNumber(
    positiveRational(video.sampleAspectRatio) ?? { numerator: 1, denominator: 1 },
  );
  return roundedRatio((video.width * pixel) / video.height);
}

function aspectTolerance({ video: { size } }: ProxyExpectation): number {
  return TOLERANCES.aspectPixels / size.width + TOLERANCES.aspectPixels / size.height;
}

function roundedRatio(ratio: number): number {
  return Math.round(ratio * 10_000) / 10_000;
}

function tag(name: HeaderCheck, key: TagName, read: (video: VideoStream) => string | null): Check {
  return check({
    name,
    says: differs(`colour tag for its ${key}`),
    expected: (plan) =>
      plan.video.colour === null ? undefined : expectedTag(plan, plan.video.colour[key]),
    actual: ({ video }) => (video && read(video)) ?? UNTAGGED,
    agrees: (expected, actual) => actual !== null && sameTag(key, expected, actual),
  });
}

/**
 * Expected colour tag; `undefined` for untagged DNxHD and DNxHR: the format always signals a colour space, and is read as BT.709.
 */
function expectedTag({ codec }: ProxyExpectation, value: ColourPlan['matrix']): string | undefined {
  if (value === null && CODEC_RULES[codec].encoder === 'dnxhd') return undefined;
  return value ?? UNTAGGED;
}
