import { type MediaInfo, primaryVideo } from '../media/index.ts';
import { extensionOf } from '../routing/recognise-raw.ts';

/** What is known of the versions of Resolve that decode a format, and from whom. Nothing of it was tried. */
export interface RawDecoder {
  format: string;
  /** The first version that decodes it, `EARLY` when that is older than any we drive; `null` when it isn't known. */
  since: string | null;
  /** Who says so. */
  source: string;
  /** Extensions and codec tags of sources that may be of the format. */
  extensions?: readonly string[];
  codecTags?: readonly string[];
  /** Labels in MXF. */
  essence?: RegExp;
}

const EARLY = '18.0 or earlier';
const NOBODY = 'no statement found';

/** Ordered: the first that a source is of is the one it is told of. */
export const RAW_DECODERS: readonly RawDecoder[] = [
  {
    format: 'ProRes RAW',
    since: '20.2',
    source: 'a headline on the release of 20.2',
    codecTags: ['aprn', 'aprh'],
  },
  { format: 'R3D NE (Nikon ZR)', since: null, source: NOBODY, codecTags: ['NR3D'] },
  { format: 'N-RAW', since: null, source: NOBODY, extensions: ['.nev'], codecTags: ['NRAW'] },
  {
    format: 'Blackmagic RAW',
    since: EARLY,
    source: 'the manual of 18.6 describes its settings',
    extensions: ['.braw'],
  },
  {
    format: 'REDCODE RAW',
    since: EARLY,
    source: 'the manual of 18.6 describes its settings',
    extensions: ['.r3d'],
  },
  {
    format: 'ARRIRAW',
    since: EARLY,
    source: 'an earlier manual describes its settings',
    extensions: ['.ari'],
    essence: /^(?:040102010201|0f01020201010100)/,
  },
  {
    format: 'ARRIRAW HDE',
    since: null,
    source: NOBODY,
    extensions: ['.arx'],
  },
  {
    format: 'CinemaDNG',
    since: EARLY,
    source: 'an earlier manual describes its settings',
    extensions: ['.dng'],
  },
  {
    format: 'Sony RAW (F55, F65)',
    since: EARLY,
    source: 'an earlier manual describes its settings',
    essence: /^0e0604010204/,
  },
  {
    format: 'Sony X-OCN',
    since: EARLY,
    source: 'reports of clips in 18 and newer',
    essence: /^0e0604010206/,
  },
  {
    format: 'Canon Cinema RAW Light',
    since: null,
    source: NOBODY,
    extensions: ['.crm'],
    codecTags: ['CRAW'],
  },
  { format: 'Panasonic V-RAW', since: null, source: NOBODY, extensions: ['.vraw', '.vrw'] },
  {
    format: 'ARRICORE',
    since: '20.3.1',
    source:
      'the support matrix of PROXX, another program for camera RAW; in MXF only, its label was seen nowhere',
    extensions: ['.mxf'],
  },
];

/** What is known of a source before Resolve has read it. */
export interface RawSource {
  /** Of the file, or of the first frame. */
  path: string;
  /** What ffprobe says of it; `null` when it says nothing. */
  media: MediaInfo | null;
  /** In MXF: the labels of how it is coded, as hexadecimal digits from the ninth byte on. */
  essence: readonly string[];
}

/**
 * What a Resolve that can't read a source may lack, as a sentence.
 *
 * @param version of the Resolve; `null` when it isn't known yet.
 */
export function decoderAdvice(source: RawSource, version: string | null): string {
  const here = version === null ? '' : `; this is ${version}`;
  const decoder = decoderOf(source);
  if (decoder === undefined) return `This version of Resolve may not decode its codec${here}.`;
  const { format, since } = decoder;
  if (since === null)
    return `From which version on Resolve decodes ${format} is not known: try the newest${here}.`;
  if (since !== EARLY && (version === null || isOlder(version, since)))
    return format === 'ARRICORE'
      ? `If it is ARRICORE, it needs Resolve ${since}${here}.`
      : `${format} needs Resolve ${since}${here}.`;
  const what = format === 'ARRICORE' ? 'camera RAW in MXF' : format;
  return `Resolve should decode ${what}${here}: check that it can read the file, and that the copy is whole.`;
}

/** Whether a version comes before another. One that can't be read doesn't. */
export function isOlder(version: string, than: string): boolean {
  const [here, there] = [version, than].map((one) => (one.match(/\d+/g) ?? []).map(Number));
  const at = there?.findIndex((number, index) => (here?.[index] ?? 0) !== number) ?? -1;
  return at >= 0 && here?.[0] !== undefined && (here[at] ?? 0) < (there?.[at] ?? 0);
}

function decoderOf({ path, media, essence }: RawSource): RawDecoder | undefined {
  const tag = (media && primaryVideo(media)?.codecTag) ?? '';
  const extension = extensionOf(path);
  return RAW_DECODERS.find(
    (one) =>
      one.extensions?.includes(extension) === true ||
      one.codecTags?.includes(tag) === true ||
      essence.some((label) => one.essence?.test(label)),
  );
}

/** Rows for people: format, version, who says so. */
export function rawDecoderRows(): string[][] {
  return RAW_DECODERS.map(({ format, since, source }) => [format, since ?? 'unknown', source]);
}
