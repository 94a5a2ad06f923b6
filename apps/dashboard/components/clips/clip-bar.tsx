import type { ClipSums } from '@/lib/jobs/clip-row.ts';
import styles from './clips.module.css';

/** Failed first; what is still to come is left open. Under it, nothing: the sentence beside it says the same. */
export function ClipBar({ sums }: { sums: ClipSums }) {
  const { total, through, failed, not_made, not_known, waiting } = sums;
  const parts = [
    { of: 'failed', count: failed },
    { of: 'unmade', count: not_made - waiting },
    { of: 'unknown', count: not_known },
    { of: 'through', count: through },
  ];
  let before = 0;
  return (
    <svg className={styles.bar} aria-hidden="true" preserveAspectRatio="none">
      <rect className={styles.barGround} width="100%" height="100%" />
      {parts.map(({ of, count }) => {
        const x = (before / total) * 100;
        before += count;
        if (count === 0) return null;
        return (
          <rect
            key={of}
            className={styles.barPart}
            data-of={of}
            x={`${x.toFixed(3)}%`}
            width={`${Math.max((count / total) * 100, 0.4).toFixed(3)}%`}
            height="100%"
          />
        );
      })}
    </svg>
  );
}
