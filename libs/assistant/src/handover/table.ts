import { basename } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { plural, STATE_WORDS, withoutControls } from '@app/jobspec';
import type { LeftOutClip } from '@app/jobspec/inventory';
import type { ComingClip, FailedClip, MadeClip } from './collected-clips.ts';

/** Empty row of the CSV, in the order of the columns. */
const EMPTY = {
  status: STATE_WORDS.failed as (typeof STATE_WORDS)[keyof typeof STATE_WORDS],
  source: '',
  proxy: '',
  reason: '',
  start: '',
  end: '',
  frames: '',
  rate: '',
  reel: '',
  size: '',
  channels: '',
  bytes: '',
  xxh64: '',
  job: '',
  job_id: '',
  completed_at: '',
  /** Description of the look burnt into the picture. */
  look: '',
};
export type TableRow = typeof EMPTY;

/** @param reason sentence on why the proxy isn't as verified */
export function madeRow(clip: MadeClip, reason?: string): TableRow {
  return {
    status: reason === undefined ? STATE_WORDS.done : STATE_WORDS.lost,
    source: clip.source,
    proxy: clip.proxy,
    reason: reason ?? '',
    start: clip.start ?? '',
    end: clip.end ?? '',
    frames: String(clip.frames ?? ''),
    rate: clip.fps === null ? '' : String(Number(clip.fps.toFixed(3))),
    reel: clip.reel ?? '',
    size: clip.size ?? '',
    channels: String(clip.channels ?? ''),
    bytes: String(clip.bytes ?? ''),
    xxh64: clip.xxh64 ?? '',
    job: clip.job,
    job_id: clip.jobId,
    completed_at: clip.completedAt,
    look: lookWords(clip),
  };
}

function lookWords({ viewing }: MadeClip): string {
  if (viewing === null) return '';
  const { cdl, lut, texts, becomes: _, ...forgotten } = viewing;
  forgotten satisfies Record<string, never>;
  const grade = [...(cdl === null ? [] : ['CDL']), ...(lut === null ? [] : [lut.name])];
  return [...grade, ...texts.map((text) => `text ${text}`)].join(', ');
}

/** Returns rows for a failure and the clips that were not started because of it. */
export function failedRows(failed: FailedClip): TableRow[] {
  const { source, type, reason, notBegun, unnamed } = failed;
  const rest = unnamed === 0 ? '' : ` ${plural(unnamed, 'more clip')} of this job not started.`;
  const fact = `${type}: ${reason}.${rest}`.replace('..', '.');
  const why =
    source === null ? 'a clip before it failed.' : `${basename(source)} before it failed.`;
  return [
    rowWithoutProxy(failed, STATE_WORDS.failed, source ?? '', fact),
    ...notBegun.map((one) =>
      rowWithoutProxy(failed, STATE_WORDS.missing, one, `Not started: ${why}`),
    ),
  ];
}

function rowWithoutProxy(
  { job, jobId, completedAt }: FailedClip,
  status: TableRow['status'],
  source: string,
  reason: string,
): TableRow {
  return { ...EMPTY, status, source, reason, job, job_id: jobId, completed_at: completedAt };
}

/** Returns the row of a clip on media without a job. */
export function unplannedRow({ path: source, reason, at }: LeftOutClip): TableRow {
  return { ...EMPTY, status: STATE_WORDS.notPlanned, source, reason, completed_at: at };
}

/** Returns the row of a proxy that a waiting or running job will make. */
export function comingRow({ job, source, state }: ComingClip): TableRow {
  const status = state === 'running' ? STATE_WORDS.running : STATE_WORDS.queued;
  return { ...EMPTY, status, source, job };
}

const REPORTED: ReadonlySet<TableRow['status']> = new Set([
  STATE_WORDS.failed,
  STATE_WORDS.missing,
  STATE_WORDS.notPlanned,
]);

/** Returns a line for each clip without a proxy, with its reason. */
export function missingLines(rows: readonly TableRow[]): string[] {
  return rows.flatMap(({ status, source, reason }) => {
    const why = reason.startsWith(source) ? reason : `${source}: ${reason}`;
    return REPORTED.has(status) ? `${status}: ${why}` : [];
  });
}

/** CSV for spreadsheets, with cells escaped that would run as formulas. */
export function csvOf(rows: readonly TableRow[]): string {
  // Locales with a decimal comma split cells at semicolons.
  const text = { bom: true, escape_formulas: true, quoted_match: ';', record_delimiter: 'windows' };
  return stringify(rows.map(sanitized), { header: true, ...text });
}

function sanitized(row: TableRow): Record<string, string> {
  return Object.fromEntries(Object.entries(row).map(([key, text]) => [key, withoutControls(text)]));
}
