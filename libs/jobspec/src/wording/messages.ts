/** Sentences of violations and of unreadable JobSpecs. `path` is the field as in `Violation.path`. */
import {
  MAX_JOBSPEC_BYTES,
  MAX_NAME_BYTES,
  MAX_NESTING,
  MAX_REASON_LENGTH,
  MAX_SIDE,
  MAX_SOURCES,
  MIN_SIDE,
} from '../vocabulary/limits.ts';
import {
  BURN_IN_TOKENS,
  type EngineName,
  ENGINES,
  JOBSPEC_VERSIONS,
  NAMING_TOKENS,
} from '../vocabulary/vocabulary.ts';
import { formatCount, enumerated, quoted } from './quoted.ts';

const braced = (tokens: readonly string[]) => tokens.map((token) => `{${token}}`);
const choice = (values: readonly string[]) => values.join(', ');

// The text as a whole.
export const invalidJson = (detail: string) => `Invalid JSON: ${detail}`;
export const tooLarge = () =>
  `the file is larger than ${formatCount(MAX_JOBSPEC_BYTES)} bytes (8 MiB), the most that is allowed`;
export const emptyFile = () => 'the file is empty';
export const utf16 = () => 'the file is UTF-16; save it as UTF-8';
export const notUtf8 = () => 'the file is not UTF-8; save it as UTF-8';
export const tooDeep = () => `objects and arrays are nested more than ${MAX_NESTING} levels deep`;
export const longRun = () =>
  'more than 65,536 blanks or escapes follow each other; write the text without them';
export const endsTooEarly = () => 'the file ends before the JSON is complete';

/**
 * Sentence with the first violations, at most three and fewer if they are long, and the number of others.
 *
 * @param details messages of the first violations
 * @param count number of all violations
 */
export const contractViolation = (details: readonly string[], count: number): string => {
  const withFirst = (named: number) => {
    const more = count > named ? `; and ${formatCount(count - named)} more` : '';
    return `${CONTRACT_VIOLATION}${details.slice(0, named).join('; ')}${more}`;
  };
  const fitting = [3, 2].find((named) => withFirst(named).length <= MAX_REASON_LENGTH);
  return withFirst(Math.min(fitting ?? 1, count));
};
export const moreViolations = (count: number) =>
  `${formatCount(count)} or more further violations are not listed`;

// Keys.
export const notAnObject = () => 'a JobSpec must be one JSON object';
export const unknownField = (path: string, fields: readonly string[]) =>
  `${path} is not a field of a JobSpec; the fields are ${choice(fields)}`;
export const duplicateKey = (path: string) => `${path} appears more than once`;
export const forbiddenKey = (path: string) => `${path} is a reserved key; remove it`;

// Any field.
export const missing = (path: string) => `${path} is missing`;
export const notNull = (path: string) => `${path} must not be null; leave it out instead`;
export const notText = (path: string, value: unknown) =>
  `${path} must be a string, not ${quoted(value)}`;
export const tooLongText = (path: string, length: number, most: number) =>
  `${path} has ${formatCount(length)} characters; at most ${formatCount(most)} are allowed`;
export const notOneOf = (path: string, values: readonly string[], value: unknown) =>
  `${path} must be one of ${choice(values)}, not ${quoted(value)}`;

// Single fields, in the order of the contract.
export const wrongVersion = (path: string, value: unknown) =>
  `${path} must be ${JOBSPEC_VERSIONS.map(quoted).join(' or ')}, not ${quoted(value)}`;
export const badJobId = (path: string, value: unknown) =>
  `${path} must have 1 to 128 characters out of A-Z a-z 0-9 . _ -, not ${quoted(value)}`;
export const notAList = (path: string, value: unknown) =>
  `${path} must be an array of absolute paths, not ${quoted(value)}`;
export const noSources = (path: string) => `${path} must name at least one file`;
export const tooManySources = (path: string, count: number) =>
  `${path} has ${formatCount(count)} entries; at most ${formatCount(MAX_SOURCES)} are allowed`;
export const notAbsolute = (path: string, value: unknown) =>
  `${path} must be an absolute path, not ${quoted(value)}`;
export const nulInPath = (path: string, value: unknown) =>
  `${path} contains a NUL character, which no path can: ${quoted(value)}`;
export const parentInPath = (path: string, value: unknown) =>
  `${path} must not contain the part "..": write the directory that is meant, not ${quoted(value)}`;
export const brokenUnicode = (path: string, value: unknown) =>
  `${path} contains a broken character (half of a surrogate pair), which no file name can: ${quoted(value)}`;
export const wrongContainer = (
  path: string,
  codec: string,
  allowed: readonly string[],
  value: unknown,
) => `${path} ${quoted(value)} is not allowed for codec ${codec}; use ${allowed.join(' or ')}`;
export const badResolution = (path: string, names: readonly string[], value: unknown) =>
  `${path} must be ${choice(names)} or WIDTHxHEIGHT such as 1920x1080, not ${quoted(value)}`;
export const sideOutOfBounds = (path: string, value: unknown) =>
  `${path} must have sides from ${MIN_SIDE} to ${MAX_SIDE} pixels, not ${quoted(value)}`;
export const badFps = (path: string, value: unknown) =>
  `${path} must be a number greater than 0, not ${quoted(value)}`;
export const fpsMissing = (path: string) =>
  `${path} must be given as a number greater than 0 because fps_mode is explicit`;
export const fpsWithoutMode = (path: string) =>
  `${path} must be null or left out unless fps_mode is explicit`;
export const notAnObjectOfText = (path: string, value: unknown) =>
  `${path} must be an object of strings, not ${quoted(value)}`;
export const badDate = (path: string, value: unknown) =>
  `${path} must be a date and time with offset such as 2025-12-28T12:00:00+01:00, not ${quoted(value)}`;
export const noSuchDay = (path: string, value: unknown) =>
  `${path} names a day that does not exist: ${quoted(value)}`;
export const dateNeeded = (path: string, user: string, tokens: readonly string[]) =>
  `${path} is missing, but ${user} uses ${enumerated(braced(tokens))}`;

// Viewing.
export const notAnObjectOf = (path: string, keys: readonly string[], value: unknown) =>
  `${path} must be an object of ${choice(keys)}, not ${quoted(value)}`;
export const unknownKey = (path: string, parent: string, keys: readonly string[]) =>
  `${path} is not a field of ${parent}; the fields are ${choice(keys)}`;
export const emptyLook = (path: string) => `${path} must have cdl or lut, or both`;
export const numberOutOfBounds = (path: string, least: number, most: number, value: unknown) =>
  `${path} must be a number from ${least} to ${most}, not ${quoted(value)}`;
export const noTriple = (path: string, value: unknown) =>
  `${path} must be an array of three numbers, for red, green and blue, not ${
    Array.isArray(value) ? `an array of ${formatCount(value.length)}` : quoted(value)
  }`;
export const notAListOfCdls = (path: string, value: unknown) =>
  `${path} must be an array of CDLs, one for all sources or one for each, not ${quoted(value)}`;
export const cdlCount = (path: string, count: number, sources: number) =>
  `${path} has ${formatCount(count)} entries for ${formatCount(sources)} sources; give one for all, or one or null for each`;
export const noCdl = (path: string) => `${path} holds no CDL; leave it out`;
export const badSha256 = (path: string, value: unknown) =>
  `${path} must be a SHA-256 of 64 digits out of 0-9 a-f, not ${quoted(value)}`;
export const rangeMissing = (path: string) =>
  `${path} is missing: say whether the lut is for video or data levels, which no file states`;
export const rangeWithoutLut = (path: string) => `${path} is given without a lut; leave it out`;
export const emptyViewing = (path: string) => `${path} must have look or burn_in, or both`;
export const notAListOfTexts = (path: string, most: number, value: unknown) =>
  `${path} must be an array of 1 to ${most} texts, not ${
    Array.isArray(value) ? `an array of ${formatCount(value.length)}` : quoted(value)
  }`;
export const unknownBurnInToken = (path: string, token: string) =>
  `${path} contains the unknown token ${quoted(`{${token}}`)}; known tokens are ${braced(BURN_IN_TOKENS).join(' ')}`;
export const placeTaken = (path: string, place: string) =>
  `${path} is ${place} again; each place holds one text`;

// The naming template.
export const emptyText = (path: string) => `${path} must not be empty`;
export const unknownToken = (path: string, token: string) =>
  `${path} contains the unknown token ${quoted(`{${token}}`)}; known tokens are ${braced(NAMING_TOKENS).join(' ')}`;
export const strayBrace = (path: string, value: unknown) =>
  `${path} has a brace that is not part of a {token}: ${quoted(value)}`;
export const separatorInTemplate = (path: string, value: unknown) =>
  `${path} must be a file name, without / or \\: ${quoted(value)}`;
export const nulInTemplate = (path: string, value: unknown) =>
  `${path} contains a NUL character, which no file name can: ${quoted(value)}`;
export const dotTemplate = (path: string, value: unknown) =>
  `${path} must be a file name, and ${quoted(value)} is a folder`;
export const sameNameForAll = (path: string, sources: number, tokens: readonly string[]) =>
  `${path} must contain ${braced(tokens).join(' or ')} because there are ${formatCount(sources)} sources`;

// Output names. `sources` are paths such as `sources[2]`.
export const emptyName = (sources: readonly string[]) =>
  `naming_template gives an empty file name for ${enumerated(sources)}`;
export const hiddenName = (name: string, sources: readonly string[]) =>
  `naming_template gives a name that begins with a dot, which is kept for hidden and unfinished files: ${quoted(name)} for ${enumerated(sources)}`;
export const separatorInName = (name: string, sources: readonly string[]) =>
  `naming_template gives a name with a path separator: ${quoted(name)} for ${enumerated(sources)}`;
export const longName = (bytes: number, sources: readonly string[]) =>
  `naming_template gives a name of ${formatCount(bytes)} bytes with its extension, at most ${MAX_NAME_BYTES} are allowed, for ${enumerated(sources)}`;
export const sameName = (name: string, sources: readonly string[]) =>
  `naming_template gives the same output name ${quoted(name)} for ${enumerated(sources)}; add {index} to tell them apart`;
export const alikeNames = (names: readonly string[], sources: readonly string[]) =>
  `naming_template gives output names that differ only in upper and lower case or Unicode form, which many shares ` +
  `take for one file: ${enumerated(names.map(quoted))} for ${enumerated(sources)}; add {index} to tell them apart`;

/** Prefix of the reason for an invalid JobSpec. Programs look for it; people are shown only the mistakes. */
export const CONTRACT_VIOLATION = 'JobSpec contract violation: ';

/** Names of the engines, for people. */
export const ENGINE_TITLES: Record<EngineName, string> = { ffmpeg: 'FFmpeg', resolve: 'Resolve' };

export const FFMPEG_NOT_FOUND = 'FFmpeg not found. Install FFmpeg to use headless execution.';

/** Sentence for an FFmpeg that doesn't give its version. */
export const brokenFfmpeg = (path: string, ending: string | number | null) =>
  `FFmpeg at ${path} does not run: "ffmpeg -version" ended with ${ending}. Reinstall FFmpeg.`;

/** Maximum number of sources that the sentence of a mixed job names. */
const MOST_NAMED = 3;

/**
 * Sentence for sources that need more than one engine; names the first of each.
 *
 * @param sources sources by engine; empty lists for unneeded engines
 */
export function mixedEngines(sources: Readonly<Record<EngineName, readonly string[]>>): string {
  const engines = ENGINES.filter((engine) => sources[engine].length > 0);
  const counts = engines.map(
    (engine) => `${ENGINE_TITLES[engine]} sources: ${sources[engine].length}`,
  );
  const named = engines.map((engine) => {
    const rest = sources[engine].length - MOST_NAMED;
    const first = sources[engine].slice(0, MOST_NAMED).join(', ');
    return `For ${ENGINE_TITLES[engine]}: ${first}${rest > 0 ? `, and ${rest} more` : ''}`;
  });
  return (
    `Job contains sources requiring different engines. ${counts.join(', ')}. ` +
    'Split into separate jobs or transcode RAW files to an intermediate codec. ' +
    named.join('. ')
  );
}

/** Without this setting Resolve renders a red card and goes on; scripts can't read the setting. */
export const STOP_PREFERENCE =
  'Turn on "Stop renders when a frame or clip cannot be processed" in Preferences > User > UI Settings of Resolve.';
