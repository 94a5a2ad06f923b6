import { Moment } from '@/components/text/moment.tsx';
import { Status } from '@/components/text/status.tsx';
import { Name } from '@/components/text/words.tsx';
import { CLIP_VERDICTS } from '@/lib/format/clip-sentences.ts';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import { fileNameOf } from '@/lib/text/quantities.ts';
import styles from './job.module.css';

interface Props {
  clip: ClipRow;
  /** When the one that is being made was begun; `null` when nobody can tell. */
  since: number | null;
}

/** A clip of a running job in a line. */
export function ClipSoFar({ clip, since }: Props) {
  const { status, source_path } = clip;
  const { verdict, label } = CLIP_VERDICTS[status];
  const isNow = status === 'RUNNING';
  return (
    <li aria-current={isNow ? 'step' : undefined}>
      <Status verdict={verdict} label={label} isQuiet={!isNow} />
      <Name value={fileNameOf(source_path)} />
      {isNow && since !== null && (
        <span className={styles.soft}>
          since <Moment at={since} seconds />
        </span>
      )}
    </li>
  );
}
