import { CopyButton } from '@/components/text/copy-button.tsx';
import { isEngineReason } from '@/lib/format/sentences.ts';
import type { ReadClip } from '@/lib/reading/narrow-result.ts';
import { clippedLines, visibleText } from '@/lib/text/visible-text.ts';
import styles from './job.module.css';

const LIMIT = 65_536;
const LINE_LIMIT = 2000;

/** The encoder's last words; they stand open where they tell why the clip failed. */
export function Stderr({ clip }: { clip: Pick<ReadClip, 'stderr' | 'verification'> }) {
  const text = clip.stderr;
  if (text === null || text.trim() === '') return null;
  const shown = clippedLines(text, LINE_LIMIT, LIMIT);
  return (
    <details open={isEngineReason(clip)}>
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
