import { Moment } from '@/components/text/moment.tsx';
import type { Left } from '@/lib/query/eta.ts';
import { formatRough } from '@/lib/text/quantities.ts';
import styles from './jobs.module.css';

/** When a clip and its job will be done, as far as the last clips of their kind tell. */
export function TimeLeft({ left: { clip, job }, now }: { left: Left; now: number }) {
  if (job === null && clip === null) return null;
  const done = Math.ceil((now + (job ?? 0) * 1000) / 60_000) * 60_000;
  return (
    <span className={styles.soft}>
      {clip === null
        ? 'This clip takes longer than the last 20 of its kind.'
        : `${formatRough(clip)} for this clip.`}{' '}
      {(job ?? 0) > (clip ?? 0) && (
        <>
          The job is done at about <Moment at={done} />.
        </>
      )}
    </span>
  );
}
