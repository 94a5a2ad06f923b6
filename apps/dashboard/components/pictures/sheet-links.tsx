import Link from 'next/link';
import styles from './pictures.module.css';

interface Props {
  list: string;
  sheet: string;
  /** Which of both is shown. */
  shown: 'list' | 'sheet';
}

/** The same clips as a list, or by what they show. */
export function SheetLinks({ list, sheet, shown }: Props) {
  const of = (which: Props['shown']) => (which === shown ? ('page' as const) : undefined);
  return (
    <nav className={styles.links} aria-label="How clips are shown">
      <Link href={list} aria-current={of('list')}>
        List
      </Link>
      <Link href={sheet} aria-current={of('sheet')}>
        Contact sheet
      </Link>
    </nav>
  );
}
