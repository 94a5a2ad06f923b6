import { FINDINGS } from '@app/jobspec';
import { markdownTable } from './markdown-table.ts';
import { SOURCE_FORMATS } from '../../libs/engines/src/media/source-containers.ts';
import {
  RAW_FORMATS,
  STANDARD_CODECS,
  UNSUPPORTED_KINDS,
  type RawFormat,
} from '../../libs/engines/src/routing/source-formats.ts';
import { MOST_TRACKS } from '../../libs/engines/src/routing/route-source.ts';

/** Section of `docs/ENGINE_CAPABILITIES.md` on sources, made from the tables that route them. */
export function sourceFormatsSection(): string {
  return [
    '## Sources',
    'The source decides the engine, which can’t be chosen. All sources of a job must need the same engine.',
    RULES,
    '### Camera RAW, for DaVinci Resolve',
    rawTable(),
    'A video stream whose codec FFmpeg doesn’t know also goes to Resolve, as codec `unknown`. ' +
      'Whether Resolve opens a given clip depends on its version and edition.',
    '### Standard codecs, for FFmpeg',
    `In these containers, by FFmpeg's names: ${SOURCE_FORMATS.map(code).join(', ')}.`,
    standardTable(),
    '### Not supported',
    unsupportedTable(),
  ].join('\n\n');
}

const RULES = `The first rule that applies decides:

1. A folder is one clip for Resolve if it holds RAW frames, and is refused otherwise. An empty file, or one that isn't a regular file, is refused.
2. A file with the extension of a RAW frame goes to Resolve.
3. A file that ffprobe can't open goes to Resolve if its extension is that of a RAW clip, and is refused otherwise.
4. A still image, or a file without a video stream other than cover art, is refused. The first such stream decides what follows.
5. A RAW format, or a codec that FFmpeg doesn't know, goes to Resolve.
6. A codec that isn't in the table of standard codecs is refused.
7. A standard codec without a frame, as in a QuickTime reference movie, is refused.
8. Also refused are encrypted video, a movie whose edits FFmpeg would misread, Dolby Vision without a base layer, audio whose format can't be found,
   and more than ${MOST_TRACKS} audio tracks.
9. Everything else goes to FFmpeg.`;

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
  return signs.join(', ') || 'video whose codec FFmpeg doesn’t know';
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
    FINDINGS[finding].replace('{command}', '`ffmpeg -i FILE -map 0 -dn -c copy FILE.mkv`'),
  ]);
  return markdownTable(['Kind', 'Extensions, for example', 'What to do'], rows);
}

function code(text: string): string {
  return `\`${text}\``;
}
