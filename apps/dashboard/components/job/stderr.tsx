import { CopyButton } from '@/components/text/copy-button.tsx';
import { clippedLines, visibleText } from '@/lib/text/visible-text.ts';
import styles from './job.module.css';

const LIMIT = 65_536;
const LINE_LIMIT = 2000;

interface Props {
  text: string | null;
  /** Whether it is what tells why the clip failed. */
  isReason: boolean;
}

/** The encoder's last words. */
export function Stderr({ text, isReason }: Props) {
  if (text === null || text.trim() === '') return null;
  const shown = clippedLines(text, LINE_LIMIT, LIMIT);
  return (
    <details open={isReason}>
      <summary>What the engine said</summary>
      <div className={styles.command}>
        <pre className={styles.code} tabIndex={0} aria-label="What the engine said">
          {visibleText(shown)}
        </pre>
        <CopyButton text={shown} label="Copy" />
      </div>
    </details>
  );
}
