import { Sentence } from './words.tsx';
import styles from './text.module.css';

/** Something the reader should know before the rest. */
export function Notice({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <ul className={styles.notice}>
      {sentences.map((sentence) => (
        <li key={sentence}>
          <Sentence value={sentence} limit={600} />
        </li>
      ))}
    </ul>
  );
}
