import { basename } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { withoutControls } from '@app/jobspec';
import type { LeftOutClip } from '@app/jobspec/inventory';
import type { ComingClip, FailedClip, MadeClip } from './collected-clips.ts';

/** Row of the CSV. */
export interface TableRow {
  status: 'made' | 'lost' | 'failed' | 'not_begun' | 'to_come' | 'not_planned';
  source: string;
  proxy: string;
  reason: string;
  start: string;
  end: string;
  frames: string;
  rate: string;
  reel: string;
  size: string;
  channels: string;
  bytes: string;
  xxh64: string;
  job: string;
  job_id: string;
  completed_at: string;
  /** Description of the look burnt into the picture. */
  look: string;
}

/** @param reason sentence on why the proxy isn't as verified */
export function madeRow(clip: MadeClip, reason?: string): TableRow {
  return {
    status: reason === undefined ? 'made' : 'lost',
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
  const rest = unnamed === 0 ? '' : ` ${unnamed} more of this job not begun.`;
  const fact = `${type}: ${reason}.${rest}`.replace('..', '.');
  const why =
    source === null ? 'A clip before it failed.' : `${basename(source)} before it failed.`;
  return [
    rowWithoutProxy(failed, 'failed', source ?? '', fact),
    ...notBegun.map((one) => rowWithoutProxy(failed, 'not_begun', one, `Not begun. ${why}`)),
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
  return { ...EMPTY, status: 'not_planned', source, reason, completed_at: at };
}

/** Returns the row of a proxy that a waiting or running job will make. */
export function comingRow({ job, source, state }: ComingClip): TableRow {
  return { ...EMPTY, status: 'to_come', source, reason: `Its job ${JOB_VERBS[state]}.`, job };
}

const JOB_VERBS = { waiting: 'waits', running: 'runs' } as const;

const MISSING: Readonly<Partial<Record<TableRow['status'], string>>> = {
  failed: 'Failed',
  not_begun: 'Never begun',
  not_planned: 'Not planned',
};

/** Returns a line for each clip without a proxy, with its reason. */
export function missingLines(rows: readonly TableRow[]): string[] {
  return rows.flatMap(({ status, source, reason }) => {
    const word = MISSING[status];
    return word ? `${word}: ${reason.startsWith(source) ? reason : `${source}: ${reason}`}` : [];
  });
}

/** Empty row, in the order of the columns. */
const EMPTY: TableRow = {
  status: 'failed',
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
  look: '',
};

/** CSV for spreadsheets, with cells escaped that would run as formulas. */
export function csvOf(rows: readonly TableRow[]): string {
  // Locales with a decimal comma split cells at semicolons.
  const text = { bom: true, escape_formulas: true, quoted_match: ';', record_delimiter: 'windows' };
  return stringify(rows.map(sanitized), { header: true, ...text });
}

function sanitized(row: TableRow): Record<string, string> {
  return Object.fromEntries(Object.entries(row).map(([key, text]) => [key, withoutControls(text)]));
}
