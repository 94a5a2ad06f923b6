import { basename, extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import XMLBuilder from 'fast-xml-builder';
import type { Rational } from '@app/engines';
import type { MadeClip } from './collected-clips.ts';

/** Version of the document type that every Final Cut Pro since 10.6 reads. */
const VERSION = '1.10';

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  format: true,
  indentBy: '  ',
  suppressEmptyNode: true,
  // A clip may be named `true`.
  suppressBooleanAttributes: false,
});

/** Characters that XML 1.0 can't represent, even escaped. */
const NO_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/**
 * Returns clips in Final Cut Pro's exchange format, each with its original and its proxy. They aren't in an event, as
 * OpenTimelineIO skips those.
 */
export function fcpxmlOf(clips: readonly MadeClip[]): string {
  const formats = new Map<string, Format>();
  const parts = clips.flatMap((clip, index) => partsOf(clip, `r${index + 1}`, formats));
  const resources = {
    format: Array.from(formats.values(), ({ element }) => element),
    asset: parts.map(({ asset }) => asset),
  };
  const items = { 'asset-clip': parts.map((part) => part.clip) };
  const document = { fcpxml: { '@version': VERSION, resources, ...items } };
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n${builder.build(document)}`;
}

type Element = Readonly<Record<string, unknown>>;
interface Format {
  id: string;
  element: Element;
}

/** Empty for a clip whose result lacks rate, length or timecode. */
function partsOf(made: MadeClip, id: string, formats: Map<string, Format>) {
  const { rate, exact } = made;
  if (rate === null || exact === null) return [];
  const format = formatOf(made, rate, formats);
  const name = nameOf(made.source);
  const times = { '@start': time(exact.start), '@duration': time(exact.length) };
  const asset = {
    '@id': id,
    '@name': name,
    ...times,
    '@hasVideo': '1',
    '@format': format,
    '@videoSources': '1',
    ...audioOf(made),
    'media-rep': [
      { '@kind': 'original-media', '@src': urlOf(made.source) },
      { '@kind': 'proxy-media', '@src': urlOf(made.proxy) },
    ],
    ...(made.reel !== null && {
      metadata: {
        md: { '@key': 'com.apple.proapps.studio.reel', '@value': attribute(made.reel) },
      },
    }),
  };
  const clip = {
    '@ref': id,
    '@name': name,
    ...times,
    '@format': format,
    '@tcFormat': exact.isDropFrame ? 'DF' : 'NDF',
  };
  return [{ asset, clip }];
}

/** Format of the original's frames, with their size if it is known. */
function formatOf({ sourceSize }: MadeClip, rate: Rational, formats: Map<string, Format>): string {
  const [width, height] = sourceSize?.split('x') ?? [];
  const key = `${rate.numerator}/${rate.denominator} ${width} ${height}`;
  const known = formats.get(key);
  if (known !== undefined) return known.id;
  const id = `f${formats.size + 1}`;
  const element = {
    '@id': id,
    // Always a fraction: OpenTimelineIO reads no other form.
    '@frameDuration': `${rate.denominator}/${rate.numerator}s`,
    ...(width !== undefined && { '@width': width, '@height': height }),
  };
  formats.set(key, { id, element });
  return id;
}

function audioOf({ channels, sampleRate }: MadeClip): Element {
  if (channels === null || channels === 0) return {};
  return {
    '@hasAudio': '1',
    '@audioSources': '1',
    '@audioChannels': String(channels),
    ...(sampleRate !== null && { '@audioRate': String(sampleRate) }),
  };
}

/** Seconds in FCPXML notation: `1001/24000s`. */
function time({ numerator, denominator }: Rational): string {
  return denominator === 1 ? `${numerator}s` : `${numerator}/${denominator}s`;
}

function urlOf(path: string): string {
  return pathToFileURL(path).href;
}

function nameOf(path: string): string {
  return attribute(basename(path, extname(path)));
}

/** Line breaks in attributes are read as spaces. */
function attribute(text: string): string {
  return text.replaceAll(NO_XML, '\uFFFD').replaceAll(/[\t\n\r]/g, ' ');
}
