import type { ClipSums } from '@/lib/index/clip-row.ts';
import styles from './text.module.css';

/** Progress bar with parts by state; queued and running clips are left empty. */
export function SumsBar({ sums }: { sums: ClipSums }) {
  const { total, through, failed, not_made, not_known, not_planned, waiting } = sums;
  const parts = [
    { of: 'through', count: through },
    { of: 'failed', count: failed },
    { of: 'refused', count: not_made - waiting },
    { of: 'unknown', count: not_known + not_planned },
  ];
  let before = 0;
  return (
    <svg className={styles.bar} aria-hidden="true" preserveAspectRatio="none">
      {parts.map(({ of, count }) => {
        const x = (before / total) * 100;
        before += count;
        if (count === 0) return null;
        const width = Math.max((count / total) * 100, 0.4);
        return (
          <rect
            key={of}
            data-of={of}
            x={`${x.toFixed(2)}%`}
            width={`${width.toFixed(2)}%`}
            height="100%"
          />
        );
      })}
    </svg>
  );
}

/** Progress bar. @param share from 0 to 1 */
export function ProgressBar({ share }: { share: number }) {
  return (
    <svg className={styles.bar} aria-hidden="true" preserveAspectRatio="none">
      <rect data-of="running" width={`${(share * 100).toFixed(1)}%`} height="100%" />
    </svg>
  );
}
