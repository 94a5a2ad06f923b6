import { Name } from '@/components/text/name.tsx';
import { counted } from '@/lib/text/quantities.ts';
import { clipPathsOf, type OpenJob } from '@/lib/query/open-job.ts';
import styles from './job.module.css';

const SHOWN = 100;

/** Clips that a job names but has no result for: not made yet, or never. */
export function Sources({ job }: { job: OpenJob }) {
  const { row, result } = job;
  const unmade = clipPathsOf(row).slice(result?.clips.length ?? row.completed_clips ?? 0);
  if (unmade.length === 0) return null;
  const more = unmade.length - SHOWN;
  return (
    <section className={styles.section} aria-labelledby="unmade">
      <h2 id="unmade">
        {counted(unmade.length, 'clip')} {fateOf(job)}
      </h2>
      <ol className={styles.facts}>
        {unmade.slice(0, SHOWN).map(({ source }, index) => (
          // A JobSpec may name a source twice; the order is fixed.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>
            <Name value={source} limit={1000} />
          </li>
        ))}
        {more > 0 && <li>and {more} more, in the JobSpec</li>}
      </ol>
    </section>
  );
}

function fateOf({ row, result }: OpenJob): string {
  if (result !== null) return 'not made';
  return row.state === 'pending' || row.state === 'running' ? 'to make' : 'in the JobSpec';
}
