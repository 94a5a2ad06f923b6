import { execa } from 'execa';
import type { ProxyRequest } from '@app/engines';
import type { MatrixCell } from './matrix.ts';

const MARKS = { faithful: 'yes', refused: 'no size', differs: '**differs**' };

/** `docs/fidelity-matrix.md`: one row a source, one column a codec, container and size. */
export async function matrixTable(cells: readonly MatrixCell[]): Promise<string> {
  const columns = [...new Set(cells.map(({ request }) => columnName(request)))];
  const rows = [...new Set(cells.map(({ source }) => source))].map((source) =>
    [source].concat(columns.map((column) => mark(cells, source, column))),
  );
  const faithful = cells.filter(({ outcome }) => outcome === 'faithful').length;
  return `# Fidelity matrix

Written by \`npm run test:matrix\` with ${await installedFfmpeg()}: ${cells.length} combinations, ${faithful} proxies made and
found faithful by ffprobe and MediaInfo, which share no code with the product's own verification.

yes: frames, rate, size, shape, timecode, reel, tracks, channels, languages, length of sound, colour tags, range, fields,
alpha and mastering metadata are as promised in [fidelity.md](fidelity.md). no size: refused by the contract, because
DNxHD or DNxHR has no picture of that size. Columns at half size unless they say otherwise.

${line(['source', ...columns])}
${line([':--', ...columns.map(() => ':-:')])}
${rows.map((row) => line(row)).join('\n')}
`;
}

/** A row of a Markdown table. */
export function line(row: readonly string[]): string {
  return `| ${row.join(' | ')} |`;
}

function columnName({ codec, container, resolution }: ProxyRequest): string {
  return [codec, container, ...(resolution === 'half' ? [] : [resolution])].join(' ');
}

function mark(cells: readonly MatrixCell[], source: string, column: string): string {
  const cell = cells.find(
    (candidate) => candidate.source === source && columnName(candidate.request) === column,
  );
  return cell ? MARKS[cell.outcome] : '';
}

/** `ffmpeg 7.1.5`. */
export async function installedFfmpeg(): Promise<string> {
  const { stdout } = await execa('ffmpeg', ['-version']);
  return /^(\S+ version [\w.]+)/.exec(stdout)?.[1]?.replace(' version', '') ?? 'ffmpeg';
}
