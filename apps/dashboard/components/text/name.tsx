import { clipped, visibleLine } from '@/lib/text/visible-text.ts';
import styles from './text.module.css';

const NAME_LIMIT = 400;

/** A file name, path or id of unknown origin: shown as text, on its own whatever direction it is written in. */
export function Name({ value, limit = NAME_LIMIT }: { value: string; limit?: number }) {
  return (
    <bdi className={styles.name} translate="no">
      {clipped(visibleLine(value), limit)}
    </bdi>
  );
}
