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
      <FactList facts={factsOf(job)} />
    </section>
  );
}

export interface Fact {
  label: string;
  /** Nothing, an empty text and 0 leave the fact out. */
  value: ReactNode;
}

export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts
        .filter(({ value }) => Boolean(value))
        .map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** A path, whole and to be copied. */
export function copied(path: string | null | undefined): ReactNode {
  if (!path) return null;
  return (
    <>
      <Path value={path} /> <CopyButton text={path} label="Copy path" />
    </>
  );
}

function factsOf({ row, result, spec }: OpenJob): Fact[] {
  const { _recovery: recovery, _metadata: metadata } = result ?? {};
  const [started, ended] = [row.started_at, row.completed_at].map(momentOf);
  return [
    { label: 'Proxies in', value: copied(text(spec?.['output_directory'])) },
    { label: 'Made as', value: row.kind && kindWords(row.kind) },
    { label: 'Size', value: row.output_size_bytes && formatBytes(row.output_size_bytes) },
    { label: 'Started', value: started },
    { label: 'Ended', value: ended },
    { label: 'Written', value: !started && !ended && <Moment at={row.when} seconds /> },
    { label: 'Took', value: row.duration_seconds && formatDuration(row.duration_seconds) },
    {
      label: 'Found again',
      value: recovery && (
        <>
          {momentOf(recovery.recovered_at)}, at <Path value={recovery.original_path} />
        </>
      ),
    },
    { label: 'Job id', value: row.job_id && <Path value={row.job_id} /> },
    { label: 'Lies in', value: <Path value={`${row.folder}/${row.state}`} /> },
    { label: 'Worker', value: row.worker_id },
    ...METADATA.map(([key, label]) => {
      const value = metadata?.[key];
      const Shown = label === 'Engine' ? Sentence : Path;
      return { label, value: value && <Shown value={value} /> };
    }),
  ];
}

function momentOf(written: string | null): ReactNode {
  const at = instant(written);
  return at !== null && <Moment at={at} seconds />;
}

const METADATA = [
  ['engine_routing_reason', 'Engine'],
  ['engine_version', 'Engine version'],
  ['runner_version', 'Runner'],
  ['hostname', 'Host'],
  ['jobspec_sha256', 'SHA-256'],
] as const;
