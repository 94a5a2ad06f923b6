import { basename, extname } from 'node:path';
import type { MadeClip } from './collected-clips.ts';

/** One Avid Log Exchange, which has a single rate. */
export interface Ale {
  /** Common name of the rate: `23.976`, `25`. */
  rate: string;
  text: string;
}

export interface AleLists {
  ales: Ale[];
  /** One sentence for each clip that no ALE can list. */
  problems: string[];
}

type Row = Readonly<Record<string, string>>;

/** Returns lists that Avid Media Composer and DaVinci Resolve import, one for each rate. */
export function aleLists(clips: readonly MadeClip[]): AleLists {
  const byRate = new Map<string, Row[]>();
  const problems: string[] = [];
  const hasLook = clips.some(({ viewing }) => viewing !== null);
  for (const clip of clips) {
    const { fps, start, end } = clip;
    if (fps === null || start === null || end === null) {
      problems.push(
        `${clip.proxy} is in no ALE, FCPXML or OTIO: its rate, length or timecode is missing or can't be listed.`,
      );
      continue;
    }
    const name = rateName(fps);
    const rows = byRate.get(name) ?? [];
    byRate.set(name, rows);
    rows.push({ ...rowOf(clip, name, start, end), ...(hasLook && lookOf(clip)) });
  }
  const ales = [...byRate].map(([rate, rows]) => ({ rate, text: aleOf(rate, rows) }));
  return { ales, problems };
}

function rowOf(clip: MadeClip, rate: string, start: string, end: string): Row {
  const source = basename(clip.source);
  return {
    Name: source.slice(0, source.length - extname(source).length),
    Tracks: tracksOf(clip.channels ?? 0),
    Start: start,
    End: end,
    FPS: rate,
    Tape: clip.reel ?? '',
    'Source File': source,
    'Source Path': clip.source,
    'Proxy File': basename(clip.proxy),
    'Field Order': clip.fieldOrder ?? '',
    'Image Size': clip.size ?? '',
  };
}

/** Look burnt into a proxy, the CDL in ASC notation. */
function lookOf({ viewing }: MadeClip): Row {
  const { cdl = null, lut = null } = viewing ?? {};
  const groups = cdl === null ? [] : [cdl.slope, cdl.offset, cdl.power];
  return {
    ASC_SOP: groups.map((numbers) => `(${numbers.map(withPoint).join(' ')})`).join(''),
    ASC_SAT: cdl === null ? '' : String(cdl.saturation),
    LUT: lut?.name ?? '',
  };
}

/** OpenTimelineIO only parses numbers with a decimal point. */
function withPoint(number: number): string {
  return number.toFixed(10).replace(/(\.\d+?)0+$/, '$1');
}

function aleOf(rate: string, rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [
    'Heading',
    'FIELD_DELIM\tTABS',
    `VIDEO_FORMAT\t${videoFormat(rows)}`,
    'AUDIO_FORMAT\t48khz',
    `FPS\t${rate}`,
    '',
    'Column',
    columns.join('\t'),
    '',
    'Data',
    ...rows.map((row) => columns.map((column) => cell(row[column] ?? '')).join('\t')),
  ];
  return `${lines.join('\n')}\n`;
}

/** Avid's name of the common frame size. */
function videoFormat(rows: readonly Row[]): string {
  const sizes = new Set(rows.map((row) => row['Image Size']));
  const [size = ''] = sizes;
  const words: Readonly<Record<string, string>> = {
    '1920x1080': '1080',
    '1280x720': '720',
    '720x576': 'PAL',
    '720x480': 'NTSC',
    '720x486': 'NTSC',
  };
  return (sizes.size === 1 && words[size]) || 'CUSTOM';
}

/** Video track and one audio track per channel: `VA1A2`. */
function tracksOf(channels: number): string {
  return `V${Array.from({ length: channels }, (_, index) => `A${index + 1}`).join('')}`;
}

/** Rounded to three decimals: 24000/1001 is 23.976, 30000/1001 is 29.97. */
function rateName(fps: number): string {
  return String(Math.floor(fps * 1000 + 0.5) / 1000);
}

/** Replaces characters that end a cell or line in Unicode. */
function cell(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
}
