import { FINDINGS } from '@app/jobspec';
import { markdownTable } from './markdown-table.ts';
import { SOURCE_FORMATS } from '../../libs/engines/src/media/source-containers.ts';
import {
  RAW_FORMATS,
  STANDARD_CODECS,
  UNSUPPORTED_KINDS,
  type RawFormat,
} from '../../libs/engines/src/routing/source-formats.ts';

/** Section of `docs/ENGINE_CAPABILITIES.md` on sources, made from the tables that route them. */
export function sourceFormatsSection(): string {
  return [
    '## Sources',
    'The source decides the engine; it can’t be chosen. All sources of a job must need the same one.',
    RULES,
    '### Camera RAW, for DaVinci Resolve',
    rawTable(),
    'A video stream whose codec FFmpeg does not know goes to Resolve too, as codec `unknown`. ' +
      'Whether Resolve opens a given clip depends on its version and edition.',
    '### Standard codecs, for FFmpeg',
    `In these containers, by FFmpeg's names: ${SOURCE_FORMATS.map(code).join(', ')}.`,
    standardTable(),
    '### Not supported',
    unsupportedTable(),
  ].join('\n\n');
}

const RULES = `The first rule that applies decides:

1. An empty file is refused. A folder is one clip for Resolve when it holds RAW frames, and refused otherwise.
2. The extension of a RAW frame goes to Resolve.
3. A file that ffprobe can't open goes to Resolve when its extension is that of a RAW clip, and is refused otherwise.
4. The first video stream that is not cover art decides. Without one the source is refused, as is a still image.
5. A RAW format, or a codec that FFmpeg does not know, goes to Resolve.
6. A codec that is not in the table of standard codecs is refused.
7. A standard codec without a frame, as in a QuickTime reference movie, is refused.
8. Everything else goes to FFmpeg.`;

function rawTable(): string {
  const header = ['Format', 'Codec in results', 'Extensions', 'Codec tags', 'Cameras', 'Known by'];
  return markdownTable(header, RAW_FORMATS.map(rawRow));
}

function rawRow(format: RawFormat) {
  const { title, codec, extensions, codecTags, cameras } = format;
  const tags = (codecTags ?? []).map(code).join(' ');
  return [title, code(codec), extensions.map(code).join(' '), tags, cameras, knownBy(format)];
}

function knownBy({ byExtension, codecTags, codecNames, demuxer, pixelFormatPrefix }: RawFormat) {
  const signs = [
    codecTags && 'codec tag',
    codecNames && 'codec name',
    demuxer && `demuxer \`${demuxer}\``,
    pixelFormatPrefix && `pixel format \`${pixelFormatPrefix}*\``,
    byExtension === 'always' && 'extension, or a folder of such frames',
    byExtension === 'unreadable' && 'extension when unreadable',
  ].filter(Boolean);
  return signs.join(', ') || 'video whose codec FFmpeg does not know';
}

function standardTable(): string {
  const rows = STANDARD_CODECS.map(({ names, title, notes }) => [
    names.map(code).join(' '),
    title,
    notes ?? '',
  ]);
  return markdownTable(['Codec', 'Name', 'Notes'], rows);
}

function unsupportedTable(): string {
  const rows = UNSUPPORTED_KINDS.map(({ title, extensions, finding }) => [
    title,
    extensions.map(code).join(' '),
    FINDINGS[finding],
  ]);
  return markdownTable(['Kind', 'Extensions, for example', 'What to do'], rows);
}

function code(text: string): string {
  return `\`${text}\``;
}
