import { NoSpaceFailure, statfs } from '../files/index.ts';
import { dirname } from 'node:path';
import type { ClipOutcome } from '@app/engines';
import type { DriverOutcome } from './driver-account.ts';
import type { RenderRecord } from './render-record.ts';

/** Less than a piece that is written at once: a failed render has filled the filesystem, whatever Resolve says. */
const FULL_BYTES = 1024 * 1024;

/** What a render has come to before its file was looked at. */
export async function renderOutcome(
  record: RenderRecord,
  ended: DriverOutcome,
): Promise<ClipOutcome> {
  const { error, exitCode, stderr } = ended;
  const { stagingFolder } = record.order.task;
  const isFull = error?.phase === 'render' && (await hasNoSpace(stagingFolder));
  return {
    exit_code: exitCode,
    resolve_job: record.job,
    stderr,
    warnings: warningsOf(record, ended),
    verification: [],
    failure: isFull
      ? new NoSpaceFailure(dirname(stagingFolder))
      : (record.failure ?? (error && record.failureOf(error))),
  };
}

export function warningsOf(record: RenderRecord, { afterwards }: DriverOutcome): string[] {
  return [...record.warnings, ...(afterwards === null ? [] : [afterwards])];
}

async function hasNoSpace(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < FULL_BYTES;
}
