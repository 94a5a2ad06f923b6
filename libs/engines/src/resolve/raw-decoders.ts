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
}

const EARLY = '18.0 or earlier';
const NOBODY = 'no statement found';

/** Ordered: the first that a source may be of is the one it is told of. */
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
    format: 'ARRICORE',
    since: '20.3.1',
    source: 'the support matrix of PROXX, another program for camera RAW',
    extensions: ['.arx', '.mxf'],
  },
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
  },
  { format: 'Sony X-OCN', since: null, source: 'reports of clips in 18 and newer' },
  { format: 'Canon Cinema RAW Light', since: null, source: NOBODY, extensions: ['.crm'] },
  { format: 'Panasonic V-RAW', since: null, source: NOBODY, extensions: ['.vraw', '.vrw'] },
];

/**
 * What a Resolve that can't read a source may lack, as a sentence.
 *
 * @param source what ffprobe says of it; `null` when it says nothing.
 * @param version of the Resolve; `null` when it isn't known yet.
 */
export function decoderAdvice(
  path: string,
  source: MediaInfo | null,
  version: string | null,
): string {
  const here = version === null ? '' : `; this is ${version}`;
  const decoder = decoderOf(path, source);
  if (decoder === undefined) return `This version of Resolve may not decode its codec${here}.`;
  const { format, since } = decoder;
  if (since === null)
    return `From which version on Resolve decodes ${format} is not known: try the newest${here}.`;
  // In these two nobody can tell it from older formats before Resolve does.
  const name = format === 'ARRICORE' ? 'ARRICORE, if it is that,' : format;
  return since === EARLY
    ? `Resolve should decode ${name}${here}.`
    : `${name} needs Resolve ${since}${here}.`;
}

function decoderOf(path: string, source: MediaInfo | null): RawDecoder | undefined {
  const video = source && primaryVideo(source);
  const extension = extensionOf(path);
  return RAW_DECODERS.find(
    ({ extensions, codecTags }) =>
      extensions?.includes(extension) === true ||
      codecTags?.includes(video?.codecTag ?? '') === true,
  );
}

/** Rows for people: format, version, who says so. */
export function rawDecoderRows(): string[][] {
  return RAW_DECODERS.map(({ format, since, source }) => [format, since ?? 'unknown', source]);
}
