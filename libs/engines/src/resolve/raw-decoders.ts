import { type MediaInfo, primaryVideo } from '../media/index.ts';
import { extensionOf } from '../routing/recognise-raw.ts';

/**
 * What is known of the versions of Resolve that decode a format: the first one, `EARLY` when that is older than any we drive, `null`
 * when nobody says; and who says so. Nothing of it was tried.
 */
type RawDecoder = readonly [
  format: string,
  since: string | null,
  source: string,
  /** Extensions and codec tags of sources that may be of it. */
  names: string,
  /** Labels and keys in MXF, see `RawSource`. */
  essence?: RegExp,
];

const EARLY = '18.0 or earlier';
const NOBODY = 'no statement found';
const MANUAL = 'the manual of 18.6 describes its settings';
const OLD_MANUAL = 'an earlier manual describes its settings';
const PROXX = 'the support matrix of PROXX, another program for camera RAW; in MXF only';

/** Ordered: the first that a source is of is the one it is told of. */
export const RAW_DECODERS: readonly RawDecoder[] = [
  ['ProRes RAW', '20.2', 'a headline on the release of 20.2', 'aprn aprh'],
  ['R3D NE (Nikon ZR)', null, NOBODY, 'NR3D'],
  ['N-RAW', null, NOBODY, '.nev NRAW'],
  ['Blackmagic RAW', EARLY, MANUAL, '.braw'],
  ['REDCODE RAW', EARLY, MANUAL, '.r3d'],
  ['ARRIRAW', EARLY, OLD_MANUAL, '.ari', /^(?:040102010201|0f01020201010100)/],
  ['ARRIRAW HDE', null, NOBODY, '.arx'],
  ['ARRICORE', '20.3.1', PROXX, '', /^0d01030115..20/],
  ['CinemaDNG', EARLY, OLD_MANUAL, '.dng'],
  ['Sony RAW (F55, F65)', EARLY, OLD_MANUAL, '', /^0e0604010204/],
  ['Sony X-OCN', EARLY, 'reports of clips in 18 and newer', '', /^0e0604010206/],
  ['Canon Cinema RAW Light', null, NOBODY, '.crm CRAW'],
  ['Panasonic V-RAW', null, NOBODY, '.vraw .vrw'],
  ['other camera RAW in MXF', null, NOBODY, '.mxf'],
];

/** What is known of a source before Resolve has read it. */
export interface RawSource {
  /** Of the file, or of the first frame. */
  path: string;
  /** What ffprobe says of it; `null` when it says nothing. */
  media: MediaInfo | null;
  /** In MXF: the labels of how it is coded, and the keys of its pictures, as hexadecimal digits from the ninth byte on. */
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
  const [format, since] = decoder;
  if (since === null)
    return `From which version on Resolve decodes ${format} is not known: try the newest${here}.`;
  if (since !== EARLY && (version === null || isOlder(version, since)))
    return `${format} needs Resolve ${since}${here}.`;
  return `Resolve should decode ${format}${here}: check that it can read the file, and that the copy is whole.`;
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
    ([, , , names, labels]) =>
      names.split(' ').some((name) => name !== '' && (name === extension || name === tag)) ||
      essence.some((label) => labels?.test(label)),
  );
}
