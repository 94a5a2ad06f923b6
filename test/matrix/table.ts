import { readFile, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { format } from 'prettier';
import type { ProxyRequest } from '@app/engines';
import type { MatrixCell } from './matrix.ts';

const DOCUMENT = new URL('../../docs/fidelity-tables.md', import.meta.url);

const MARKS = { faithful: 'yes', refused: 'no size', differs: '**differs**' };

/** Replaces what stands between the marks of a section of `docs/fidelity-tables.md`. */
export async function writeSection(name: 'fidelity' | 'damage', text: string): Promise<void> {
  const document = await readFile(DOCUMENT, 'utf8');
  const marked = new RegExp(
    `(<!-- ${name}: npm run test:matrix -->\n)[^]*?(<!-- end of ${name} -->)`,
  );
  if (!marked.test(document)) throw new Error(`${DOCUMENT.pathname} has no section ${name}`);
  const written = document.replace(marked, (_, begin, end) => `${begin}\n${text}\n\n${end}`);
  await writeFile(DOCUMENT, await format(written, { parser: 'markdown' }));
}

/** One row per source, one column per codec, container and size. */
export async function matrixTable(cells: readonly MatrixCell[]): Promise<string> {
  const columns = [...new Set(cells.map(({ request }) => columnName(request)))];
  const rows = [...new Set(cells.map(({ source }) => source))].map((source) =>
    [source].concat(columns.map((column) => mark(cells, source, column))),
  );
  const faithful = cells.filter(({ outcome }) => outcome === 'faithful').length;
  return `Made with ${await installedFfmpeg()}: ${cells.length} combinations, ${faithful} proxies, all found faithful by ffprobe and MediaInfo, which share no code with the runner's checks.

${line(['source', ...columns])}
${line([':--', ...columns.map(() => ':-:')])}
${rows.map((row) => line(row)).join('\n')}`;
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
