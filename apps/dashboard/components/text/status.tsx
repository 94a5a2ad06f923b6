import { VERDICT_LABELS, type Verdict } from '@/lib/words/state-words.ts';
import styles from './text.module.css';

// A shape for each state, for readers who can't tell the colours apart.
const SHAPES: Record<Verdict, string> = {
  through: 'M1 6.500 4.500 10 11 2',
  failed: 'm2 2 8 8m0-8-8 8',
  refused: 'M2 6h8M6 .800A5.200 5.200 0 1 1 6 11.200 5.200 5.200 0 0 1 6 .800',
  running: 'M3 1.500v9l7-4.500z',
  interrupted: 'M3.5 2v8M8.500 2v8',
  waiting: 'M6 2.500V6l2.500 1.500M6 .800A5.200 5.200 0 1 1 6 11.200 5.200 5.200 0 0 1 6 .800',
  unknown: 'M6 1v6.500M6 9.500V11',
};

interface Props {
  verdict: Verdict;
  /** Default: that of a job in this state. */
  label?: string;
}

export function Status({ verdict, label = VERDICT_LABELS[verdict] }: Props) {
  return (
    <span className={styles.status} data-of={verdict}>
      <svg
        viewBox="0 0 12 12"
        aria-hidden="true"
        stroke="currentColor"
        strokeWidth="1.800"
        strokeLinejoin="round"
      >
        <path d={SHAPES[verdict]} />
      </svg>
      {label}
    </span>
  );
}
