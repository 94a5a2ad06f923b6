/** First contract version. */
export const JOBSPEC_VERSION = '2.1';
/** Contract version with `viewing`. */
export const VIEWING_VERSION = '2.2';
/** Contract versions that this runner accepts, the oldest first. Each has the fields of those before it. */
export const JOBSPEC_VERSIONS = [JOBSPEC_VERSION, VIEWING_VERSION] as const;
export type JobSpecVersion = (typeof JOBSPEC_VERSIONS)[number];

/** Colour spaces that a look may convert to. */
export const BECOMES = ['bt709', 'bt2020-pq', 'bt2020-hlg'] as const;
export type Becomes = (typeof BECOMES)[number];

/** Levels that 0 and 1 of a LUT stand for. */
export const LUT_RANGES = ['video', 'data'] as const;
export type LutRange = (typeof LUT_RANGES)[number];

/** Places of burnt-in text, at most one text at each. */
export const BURN_IN_PLACES = [
  'top-left',
  'top-centre',
  'top-right',
  'bottom-left',
  'bottom-centre',
  'bottom-right',
] as const;
export type BurnInPlace = (typeof BURN_IN_PLACES)[number];

/** Tokens of burnt-in text, without braces. */
export const BURN_IN_TOKENS = [
  'timecode',
  'frame',
  'source_name',
  'reel',
  'job_id',
  'date',
] as const;
export type BurnInToken = (typeof BURN_IN_TOKENS)[number];

/** Containers; each value of the contract is also the file name extension. */
export const CONTAINERS = ['mov', 'mp4', 'mkv', 'webm', 'mxf'] as const;
export type Container = (typeof CONTAINERS)[number];

/** Codecs, each with the containers that may hold it. */
const CONTAINERS_OF = {
  prores_proxy: ['mov'],
  prores_lt: ['mov'],
  prores_standard: ['mov'],
  prores_hq: ['mov'],
  prores_4444: ['mov'],
  h264: ['mp4', 'mov', 'mkv'],
  h265: ['mp4', 'mov', 'mkv'],
  dnxhd: ['mxf'],
  dnxhr: ['mxf', 'mov'],
  vp9: ['webm', 'mkv'],
  av1: ['mp4', 'mkv', 'webm'],
} as const satisfies Record<string, readonly Container[]>;

/** Codecs by their first names. */
export type OwnCodec = keyof typeof CONTAINERS_OF;
export const OWN_CODECS = Object.keys(CONTAINERS_OF) as readonly OwnCodec[];

/** Other names of codecs: the contract takes both, and everything else goes by the first. */
const CODEC_ALIASES = { hevc: 'h265' } as const satisfies Record<string, OwnCodec>;
type CodecAlias = keyof typeof CODEC_ALIASES;
export type Codec = OwnCodec | CodecAlias;

/** First name of a codec; any other text is returned as it is. */
export function ownCodec(name: string): string {
  return Object.hasOwn(CODEC_ALIASES, name) ? CODEC_ALIASES[name as CodecAlias] : name;
}

/** Table of codecs with a row for each name: after the first one the others. */
export function forEachName<T>(table: Readonly<Record<OwnCodec, T>>): Readonly<Record<Codec, T>> {
  const aliases = Object.keys(CODEC_ALIASES) as CodecAlias[];
  const rows = OWN_CODECS.flatMap((codec) => {
    const names = [codec, ...aliases.filter((alias) => CODEC_ALIASES[alias] === codec)];
    return names.map((name) => [name, table[codec]] as const);
  });
  return Object.fromEntries(rows) as Record<Codec, T>;
}

/** Codecs of the contract by all their names, each with the containers that may hold it. */
export const CODEC_CONTAINERS = forEachName<readonly Container[]>(CONTAINERS_OF);
export const CODECS = Object.keys(CODEC_CONTAINERS) as readonly Codec[];

/** Named resolutions; the fourth form is `WIDTHxHEIGHT`. */
export const NAMED_RESOLUTIONS = ['same', 'half', 'quarter'] as const;
export const FPS_MODES = ['same-as-source', 'explicit'] as const;
export type FpsMode = (typeof FPS_MODES)[number];

export const ENGINES = ['ffmpeg', 'resolve'] as const;
export type EngineName = (typeof ENGINES)[number];

/** Tokens of a naming template, without braces. */
export const NAMING_TOKENS = [
  'source_name',
  'source_ext',
  'job_id',
  'date',
  'time',
  'index',
  'codec',
  'resolution',
] as const;
export type NamingToken = (typeof NAMING_TOKENS)[number];

/** Tokens that distinguish outputs: with several sources, a template needs one of them. */
export const DISTINGUISHING_TOKENS = ['index', 'source_name'] as const satisfies NamingToken[];
/** Tokens filled from `created_at`, which they make mandatory. */
export const CLOCK_TOKENS = ['date', 'time'] as const satisfies NamingToken[];
