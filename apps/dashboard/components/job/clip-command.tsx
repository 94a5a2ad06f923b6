import { CopyButton } from '@/components/text/copy-button.tsx';
import { shellCommand } from '@/lib/text/shell-quote.ts';
import { clippedLines, visibleText } from '@/lib/text/visible-text.ts';
import type { ReadClip } from '@/lib/reading/narrow-result.ts';
import styles from './job.module.css';

const LIMIT = 65_536;
const LINE_LIMIT = 16_384;

/** The exact command of a clip, ready for a shell, or what Resolve was asked for. */
export function ClipCommand({ clip }: { clip: ReadClip }) {
  const { label, text } = commandOf(clip);
  if (text === '') return null;
  return (
    <details>
      <summary>{label}</summary>
      <div className={styles.command}>
        <pre className={styles.code} tabIndex={0} aria-label={label}>
          {visibleText(clippedLines(text, LINE_LIMIT, LIMIT))}
        </pre>
        <CopyButton text={text} label="Copy" />
      </div>
    </details>
  );
}

function commandOf({ ffmpeg_command, resolve_job }: ReadClip): { label: string; text: string } {
  if (ffmpeg_command !== undefined)
    return { label: 'Exact command', text: shellCommand(ffmpeg_command) };
  const text = resolve_job === undefined ? '' : JSON.stringify(resolve_job, null, 2);
  return { label: 'What Resolve was asked for', text };
}
