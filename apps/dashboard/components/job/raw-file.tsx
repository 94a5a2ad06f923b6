import { CopyButton } from '@/components/text/copy-button.tsx';
import { clippedLines, visibleText } from '@/lib/text/visible-text.ts';
import { startOf, type ShownFile } from '@/lib/reading/shown-file.ts';
import { formatBytes } from '@/lib/text/quantities.ts';
import styles from './job.module.css';

const LIMIT = 131_072;
const LINE_LIMIT = 4000;

interface Props {
  title: string;
  file: ShownFile | null;
  /** Where the whole file is, as JSON. */
  href: string;
}

/** A file as it lies there; of a large one the beginning. */
export async function RawFile({ title, file, href }: Props) {
  if (file === null) return null;
  const { bytes } = file;
  const text = await startOf(file);
  const isWhole = text.length <= LIMIT && Buffer.byteLength(text) === bytes;
  return (
    <details className={styles.raw}>
      <summary>
        {title} <span className={styles.soft}>{formatBytes(bytes)}</span>
      </summary>
      <pre className={styles.code} tabIndex={0} aria-label={title}>
        {visibleText(clippedLines(text, LINE_LIMIT, LIMIT))}
      </pre>
      <div className={styles.rawTools}>
        {isWhole && <CopyButton text={text} label="Copy" />}
        <a href={href}>All of it as JSON</a>
      </div>
    </details>
  );
}
