import type { ReactNode } from 'react';
import { CopyButton } from '@/components/text/copy-button.tsx';
import { Moment } from '@/components/text/moment.tsx';
import { Path, Sentence } from '@/components/text/words.tsx';
import { text } from '@app/jobspec/folder';
import { kindWords } from '@/lib/format/look-words.ts';
import { instant } from '@/lib/text/instant.ts';
import { formatBytes, formatDuration } from '@/lib/text/quantities.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import styles from './job.module.css';

/** What is written about a job apart from its clips: where its proxies are, first of all. */
export function Facts({ job }: { job: OpenJob }) {
  return (
    <section className={styles.section} aria-labelledby="facts">
      <h2 id="facts">The job</h2>
      <FactList facts={[...factsOf(job)]} />
    </section>
  );
}

export interface Fact {
  label: string;
  value: ReactNode;
}

export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A path, whole and to be copied. */
export function CopiedPath({ path }: { path: string }) {
  return (
    <>
      <Path value={path} /> <CopyButton text={path} label="Copy path" />
    </>
  );
}

function* factsOf({ row, result, spec }: OpenJob): Generator<Fact> {
  const output = text(spec?.['output_directory']);
  if (output !== null) yield { label: 'Proxies in', value: <CopiedPath path={output} /> };
  if (row.kind !== null) yield { label: 'Made as', value: kindWords(row.kind) };
  if (row.output_size_bytes) yield { label: 'Size', value: formatBytes(row.output_size_bytes) };
  yield* timesOf(row);
  if (row.duration_seconds !== null)
    yield { label: 'Took', value: formatDuration(row.duration_seconds) };
  const { _recovery: recovery, _metadata: metadata } = result ?? {};
  if (recovery !== undefined)
    yield {
      label: 'Found again',
      value: (
        <>
          <Moment at={instant(recovery.recovered_at) ?? Number.NaN} seconds />, at{' '}
          <Path value={recovery.original_path} />
        </>
      ),
    };
  if (row.job_id !== null) yield { label: 'Job id', value: <Path value={row.job_id} /> };
  yield { label: 'Lies in', value: <Path value={`${row.folder}/${row.state}`} /> };
  if (row.worker_id !== null) yield { label: 'Worker', value: row.worker_id };
  if (metadata !== undefined) yield* metadataOf(metadata);
}

function* timesOf({ started_at, completed_at, when }: OpenJob['row']): Generator<Fact> {
  const [startedAt, completedAt] = [instant(started_at), instant(completed_at)];
  if (startedAt !== null) yield { label: 'Started', value: <Moment at={startedAt} seconds /> };
  if (completedAt !== null) yield { label: 'Ended', value: <Moment at={completedAt} seconds /> };
  if (startedAt === null && completedAt === null)
    yield { label: 'Written', value: <Moment at={when} seconds /> };
}

const METADATA = [
  ['engine_routing_reason', 'Engine'],
  ['engine_version', 'Engine version'],
  ['runner_version', 'Runner'],
  ['hostname', 'Host'],
  ['jobspec_sha256', 'SHA-256'],
] as const;

function* metadataOf(metadata: NonNullable<OpenJob['result']>['_metadata']): Generator<Fact> {
  for (const [key, label] of METADATA) {
    const value = metadata[key];
    if (value === null || value === '') continue;
    yield {
      label,
      value: key === 'engine_routing_reason' ? <Sentence value={value} /> : <Path value={value} />,
    };
  }
}
