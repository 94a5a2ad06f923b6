import styles from './text.module.css';
import { clipped, visibleLine } from '@/lib/text/visible-text.ts';

const SENTENCE_LIMIT = 4000;

/** A reason or a warning of unknown origin, shown as text. */
export function Sentence({ value, limit = SENTENCE_LIMIT }: { value: string; limit?: number }) {
  return <bdi className={styles.sentence}>{clipped(visibleLine(value), limit)}</bdi>;
}
