import type { ReactNode } from 'react';
import { Moment } from '@/components/text/moment.tsx';
import { Fold } from '@/components/text/fold.tsx';
import { Name, Sentence } from '@/components/text/words.tsx';
import { formatBytes, formatDuration } from '@/lib/text/quantities.ts';
import { instant } from '@/lib/reading/narrow.ts';
import type { NumberedClip, OpenJob } from '@/lib/query/open-job.ts';
import type { ResultHead } from '@/lib/reading/narrow-result.ts';
import styles from './job.module.css';

/** What is written about a job apart from its clips. */
export function Facts({ job }: { job: OpenJob }) {
  return (
    <aside className={`${styles.section} ${styles.aside}`} aria-labelledby="facts">
      <Fold id="facts" title="The job">
        <dl className={styles.facts}>
          {[...factsOf(job)].map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Fold>
    </aside>
  );
}

function clipsOf({ completed_clips, total_clips }: OpenJob['row']): string {
  return completed_clips === null ? `${total_clips}` : `${completed_clips} of ${total_clips} made`;
}

interface Fact {
  label: string;
  value: ReactNode;
}

function* factsOf({ row, result, first, last }: OpenJob): Generator<Fact> {
  if (row.job_id !== null) yield { label: 'Job id', value: <Name value={row.job_id} /> };
  yield { label: 'Folder', value: <Name value={`${row.folder}/${row.state}`} /> };
  if (row.total_clips !== null) yield { label: 'Clips', value: clipsOf(row) };
  if (row.output_size_bytes) yield { label: 'Output', value: formatBytes(row.output_size_bytes) };
  yield* result?._recovery === undefined ? whenOf(row) : recoveredOf(result, first, last);
  if (row.duration_seconds !== null)
    yield { label: 'Took', value: formatDuration(row.duration_seconds) };
  if (row.execution_engine !== null) yield { label: 'Engine', value: row.execution_engine };
  if (row.worker_id !== null) yield { label: 'Worker', value: row.worker_id };
  if (result !== null) yield* metadataOf(result._metadata);
}

function* whenOf({ started_at, completed_at, when }: OpenJob['row']): Generator<Fact> {
  const [startedAt, completedAt] = [instant(started_at), instant(completed_at)];
  if (startedAt !== null) yield { label: 'Started', value: <Moment at={startedAt} seconds /> };
  if (completedAt !== null) yield { label: 'Ended', value: <Moment at={completedAt} seconds /> };
  if (startedAt === null && completedAt === null)
    yield { label: 'Written', value: <Moment at={when} seconds /> };
}

/** The result of an interrupted job knows when its clips were made, and when it was found again. */
function* recoveredOf(
  { completed_at }: ResultHead,
  first: NumberedClip | null,
  last: NumberedClip | null,
): Generator<Fact> {
  const moments = [
    ['First clip', first?.clip.started_at],
    ['Last clip', last?.clip.completed_at],
    ['Found again', completed_at],
  ] as const;
  for (const [label, written] of moments) {
    const at = instant(written ?? null);
    if (at !== null) yield { label, value: <Moment at={at} seconds /> };
  }
}

const METADATA = [
  ['engine_routing_reason', 'Routing'],
  ['engine_version', 'Version'],
  ['runner_version', 'Runner'],
  ['hostname', 'Host'],
  ['jobspec_path', 'Picked up as'],
  ['jobspec_sha256', 'SHA-256'],
] as const;

function* metadataOf(metadata: NonNullable<OpenJob['result']>['_metadata']): Generator<Fact> {
  for (const [key, label] of METADATA) {
    const value = metadata[key];
    if (value === null || value === '') continue;
    yield {
      label,
      value: key === 'engine_routing_reason' ? <Sentence value={value} /> : <Name value={value} />,
    };
  }
}
