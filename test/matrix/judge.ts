import { type Codec, type Container, ownCodec } from '@app/jobspec';
import type { ProxyRequest } from '@app/engines';
import type { ProxyFacts } from './reader.ts';
import type { MatrixSource } from './source.ts';

const KEEPS_FIELDS: ReadonlySet<Codec> = new Set<Codec>([
  'prores_proxy',
  'prores_lt',
  'prores_standard',
  'prores_hq',
  'prores_4444',
  'h264',
]);
const SAYS_FULL_RANGE: ReadonlySet<string> = new Set(['h264', 'h265', 'vp9', 'av1']);
const FACTOR: Record<string, number> = { same: 1, half: 2, quarter: 4 };
const UNTAGGED: [string, string, string] = ['unknown', 'unknown', 'unknown'];

/** Everything in which a proxy is not what the source promises; empty for a faithful one. */
export function differences(
  source: MatrixSource,
  request: ProxyRequest,
  proxy: ProxyFacts,
): string[] {
  const { codec, container } = request;
  const isDnx = codec.startsWith('dnx');
  const constant = source.variable && container === 'mxf';
  const expectedFields = fieldsOf(source, request);
  const checks: [string, unknown, unknown, boolean?][] = [
    ['size', sizeOf(source, request), proxy.size, sizeFits(source, request, proxy)],
    ['aspect', source.aspect, proxy.aspect, Math.abs(proxy.aspect / source.aspect - 1) < 0.03],
    ['rate', source.rate, proxy.rate, source.variable || sameRate(source.rate, proxy.rate)],
    ['frames', source.frames, proxy.frames, constant || undefined],
    ['timecode', timecodeOf(source, container), proxy.timecode],
    ['reel', container === 'mp4' ? undefined : source.reel, proxy.reel],
    ['channels', source.channels, proxy.channels],
    [
      'languages',
      source.languages,
      proxy.languages,
      !source.languages || container === 'mxf' || undefined,
    ],
    [
      'sound length',
      soundOf(source, container),
      proxy.audioSeconds,
      proxy.audioSeconds.every((found) => Math.abs(found - soundOf(source, container)) < 0.06),
    ],
    [
      'colour',
      colourOf(source, isDnx),
      proxy.colour,
      (!source.colour && isDnx) || source.partialTags || undefined,
    ],
    [
      'full range',
      source.fullRange === true && SAYS_FULL_RANGE.has(ownCodec(codec)),
      proxy.fullRange,
    ],
    ['fields', expectedFields, proxy.fields, expectedFields.test(proxy.fields)],
    ['mastering metadata', source.hdr === true, proxy.hdr],
    [
      'alpha',
      source.alpha === true && codec === 'prores_4444',
      proxy.pixelFormat.startsWith('yuva'),
    ],
  ];
  return checks
    .filter(
      ([, expected, actual, agrees]) =>
        !(agrees ?? JSON.stringify(expected) === JSON.stringify(actual)),
    )
    .map(([name, expected, actual]) => `${name}: ${String(expected)} became ${String(actual)}`);
}

/** DNxHD and DNxHR can say two matrices only; other pictures are converted to that of HD, and keep their other two tags. */
function colourOf({ colour = UNTAGGED }: MatrixSource, isDnx: boolean): string[] {
  const [primaries, transfer, matrix] = colour;
  return [primaries, transfer, isDnx && !matrix.endsWith('nc') ? 'bt709' : matrix];
}

/** MXF ends all sound with the picture. */
function soundOf(source: MatrixSource, container: Container): number {
  const [num = 25, den = 1] = source.rate.split('/').map(Number);
  const picture = (source.frames * den) / num;
  const sound = source.audioSeconds ?? picture;
  return container === 'mxf' && !source.variable ? Math.min(sound, picture) : sound;
}

function sizeOf(source: MatrixSource, { resolution }: ProxyRequest): [number, number] {
  const factor = FACTOR[resolution];
  if (factor === undefined) return resolution.split('x').map(Number) as [number, number];
  return [source.size[0] / factor, source.size[1] / factor];
}

/** Even, and less than four pixels below the exact size; DNxHR in MXF has square pixels and another width. */
function sizeFits(source: MatrixSource, request: ProxyRequest, { size }: ProxyFacts): boolean {
  const wanted = sizeOf(source, request);
  const square = request.codec === 'dnxhr' && request.container === 'mxf';
  return size.every((pixels, side) => {
    const missing = (wanted[side] ?? 0) - pixels;
    return pixels % 2 === 0 && ((square && side === 0) || (missing >= 0 && missing < 4));
  });
}

function fieldsOf(source: MatrixSource, { codec, resolution }: ProxyRequest): RegExp {
  const kept = KEEPS_FIELDS.has(codec) || (codec === 'dnxhd' && resolution === 'same');
  if (!source.fields || !kept) return /^(progressive|unknown)$/;
  return source.fields === 'top-first' || codec === 'dnxhd' ? /^t/ : /^b/;
}

/** MXF has a timecode in any case, and FFmpeg starts it at zero. */
export function timecodeOf(source: MatrixSource, container: Container): string | undefined {
  return source.timecode ?? (container === 'mxf' ? '00:00:00:00' : undefined);
}

/** Matroska keeps the distance of frames in nanoseconds: 59.94 comes back as 19001/317. */
function sameRate(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) => {
    const [num = 0, den = 1] = text.split('/').map(Number);
    return num / den;
  });
  return Math.abs((first ?? 0) / (second ?? 1) - 1) < 1e-5;
}
