import { CopyButton } from '@/components/text/copy-button.tsx';
import { restCommand, retryCommand } from '@/lib/format/retry.ts';
import { visibleText } from '@/lib/text/visible-text.ts';
import styles from './job.module.css';

interface Props {
  /** The watch folder as this machine calls it. */
  folderPath: string;
  name: string;
  /** Whether somebody takes a part out of it first: what is made, or asked for already. */
  isRest: boolean;
}

/** What hands a failed job, or the rest of it, to the runner once more. */
export function RetryCommand({ folderPath, name, isRest }: Props) {
  const command = (isRest ? restCommand : retryCommand)(folderPath, name);
  return (
    <div className={styles.command}>
      <pre className={styles.code} tabIndex={0} aria-label="Command for a retry">
        {visibleText(command)}
      </pre>
      <CopyButton text={command} label="Copy command" />
    </div>
  );
}
