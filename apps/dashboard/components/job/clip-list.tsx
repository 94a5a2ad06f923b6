import type { JobRow } from '@/lib/jobs/job-row.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import { playableOf } from '@/lib/query/playable.ts';
import type { ShownPicture } from '@/lib/query/shown-pictures.ts';
import { ClipCard } from './clip-card.tsx';
import styles from './job.module.css';

export type PicturedClip = OpenJob['clips'][number] & { pictures: readonly ShownPicture[] };

interface Props {
  row: JobRow;
  clips: readonly PicturedClip[];
  /** Where proxies that browsers can play lie. */
  roots: Parameters<typeof playableOf>[0];
  isPictured: boolean;
  /** Each is told whole without being asked. */
  isWhole: boolean;
}

/** Clips of a job, one below the other. */
export function ClipList({ row, clips, roots, isPictured, isWhole }: Props) {
  return (
    <ol className={styles.clips} data-pictured={isPictured && !isWhole}>
      {clips.map((numbered) => (
        <ClipCard
          key={numbered.number}
          {...numbered}
          playable={playableOf(roots, row, numbered.number, numbered.clip)}
          isWhole={isWhole}
        />
      ))}
    </ol>
  );
}
