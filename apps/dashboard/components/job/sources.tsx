import { Name } from '@/components/text/name.tsx';
import { counted } from '@/lib/format/quantities.ts';
import { clipPathsOf, type OpenJob } from '@/lib/query/open-job.ts';
import styles from './job.module.css';

const SHOWN = 100;

/** Clips that a job names but has no result for: not made yet, or never. */
export function Sources({ job: { row, result } }: { job: OpenJob }) {
  const unmade = clipPathsOf(row).slice(result?.clips.length ?? 0);
  if (unmade.length === 0) return null;
  const more = unmade.length - SHOWN;
  return (
    <section className={styles.section} aria-labelledby="unmade">
      <h2 id="unmade">
        {counted(unmade.length, 'clip')} {result === null ? 'to make' : 'not made'}
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
