import { Name } from '@/components/text/words.tsx';
import { clipsSentence } from '@/lib/format/clip-sentences.ts';
import type { ClipSums } from '@/lib/jobs/clip-row.ts';
import { splitPath } from '@/lib/names/words.ts';
import { ClipBar } from './clip-bar.tsx';
import styles from './clips.module.css';

interface Props {
  /** Of a clip in the folder. */
  path: string;
  /** Not known in every view. */
  sums: ClipSums | undefined;
}

/** A folder of sources, a card mostly, and how far it came. */
export function ClipGroupHead({ path, sums }: Props) {
  return (
    <header className={styles.groupHead}>
      <h2>
        <Name value={splitPath(path).dir || 'No folder'} />
      </h2>
      {sums !== undefined && <p className={styles.sum}>{clipsSentence(sums)}</p>}
      {sums !== undefined && <ClipBar sums={sums} />}
    </header>
  );
}
