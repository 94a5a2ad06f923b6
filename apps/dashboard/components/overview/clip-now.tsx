import type { ActiveJob } from '@app/jobspec/folder';
import { Moment } from '@/components/text/moment.tsx';
import { Name } from '@/components/text/words.tsx';
import { nowSentence } from '@/lib/format/now-sentence.ts';
import { fileNameOf } from '@/lib/text/quantities.ts';
import styles from './overview.module.css';

interface Props {
  active: ActiveJob;
  /** For how many seconds no frame came; `null` while they come. */
  still: number | null;
  /** Milliseconds; `null` when nobody can tell. */
  since: number | null;
}

/** The clip being made: how far, which one and since when. */
export function ClipNow({ active, still, since }: Props) {
  const { source_path } = active;
  return (
    <>
      <span className={styles.clipNow} data-still={still !== null}>
        {nowSentence(active, still)}
      </span>
      {source_path !== null && <Name value={fileNameOf(source_path)} />}
      {since !== null && (
        <span>
          since <Moment at={since} seconds />
        </span>
      )}
    </>
  );
}
