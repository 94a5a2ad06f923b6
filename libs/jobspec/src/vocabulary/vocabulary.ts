/** The contract version that needs nothing newer. */
export const JOBSPEC_VERSION = '2.1';
/** The same and `viewing`. */
export const VIEWING_VERSION = '2.2';
/** The contract versions that this runner accepts, the oldest first. Each has the fields of those before it. */
export const JOBSPEC_VERSIONS = [JOBSPEC_VERSION, VIEWING_VERSION] as const;
export type JobSpecVersion = (typeof JOBSPEC_VERSIONS)[number];

/** What a look may make of a picture. */
export const BECOMES = ['bt709', 'bt2020-pq', 'bt2020-hlg'] as const;
export type Becomes = (typeof BECOMES)[number];

/** What the 0 and 1 of a LUT are. */
export const LUT_RANGES = ['video', 'data'] as const;
export type LutRange = (typeof LUT_RANGES)[number];

/** Where text may be burnt in: one at each place. */
export const BURN_IN_PLACES = [
  'top-left',
  'top-centre',
  'top-right',
  'bottom-left',
  'bottom-centre',
  'bottom-right',
] as const;
export type BurnInPlace = (typeof BURN_IN_PLACES)[number];

/** What a text that is burnt in may contain, without braces. */
export const BURN_IN_TOKENS = [
  'timecode',
  'frame',
  'source_name',
  'reel',
  'job_id',
  'date',
] as const;
export type BurnInToken = (typeof BURN_IN_TOKENS)[number];

/** File name extension and contract value of every container. */
export const CONTAINERS = ['mov', 'mp4', 'mkv', 'webm', 'mxf'] as const;
export type Container = (typeof CONTAINERS)[number];

/** Every codec of the contract, with the containers it may be put into. */
export const CODEC_CONTAINERS = {
  prores_proxy: ['mov'],
  prores_lt: ['mov'],
  prores_standard: ['mov'],
  prores_hq: ['mov'],
  prores_4444: ['mov'],
  h264: ['mp4', 'mov', 'mkv'],
  h265: ['mp4', 'mov', 'mkv'],
  hevc: ['mp4', 'mov', 'mkv'],
  dnxhd: ['mxf'],
  dnxhr: ['mxf', 'mov'],
  vp9: ['webm', 'mkv'],
  av1: ['mp4', 'mkv', 'webm'],
} as const satisfies Record<string, readonly Container[]>;

export type Codec = keyof typeof CODEC_CONTAINERS;
export const CODECS = Object.keys(CODEC_CONTAINERS) as readonly Codec[];

/** Named resolutions; the fourth form is `WIDTHxHEIGHT`. */
export const NAMED_RESOLUTIONS = ['same', 'half', 'quarter'] as const;
export const FPS_MODES = ['same-as-source', 'explicit'] as const;
export type FpsMode = (typeof FPS_MODES)[number];

export const ENGINES = ['ffmpeg', 'resolve'] as const;
export type EngineName = (typeof ENGINES)[number];

/** What a naming template may contain, without braces. */
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

/** With more than one source, a template needs one of these to tell the outputs apart. */
export const DISTINGUISHING_TOKENS = ['index', 'source_name'] as const satisfies NamingToken[];
/** Taken from `created_at`, which they make mandatory. */
export const CLOCK_TOKENS = ['date', 'time'] as const satisfies NamingToken[];
