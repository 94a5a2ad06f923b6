import type { ReactNode } from 'react';
import { CopyButton } from '@/components/text/copy-button.tsx';
import { Path } from '@/components/text/words.tsx';
import styles from './job.module.css';

export interface Fact {
  label: string;
  /** Falsy values hide the fact. */
  value: ReactNode;
}

export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={`rows ${styles.facts}`}>
      {facts
        .filter(({ value }) => Boolean(value))
        .map(({ label, value }) => (
          <div key={label}>
            <dt className="soft">{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** Path with a copy button. */
export function copied(path: string | null | undefined): ReactNode {
  if (!path) return null;
  return (
    <>
      <Path value={path} /> <CopyButton text={path} label="Copy path" />
    </>
  );
}
