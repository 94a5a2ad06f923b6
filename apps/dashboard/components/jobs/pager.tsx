import { A } from '@/components/text/a.tsx';
import { formatCount } from '@/lib/words/quantities.ts';
import styles from './jobs.module.css';

interface Props {
  label: string;
  /** Current page, from 1. */
  page: number;
  last: number;
  href: (page: number) => string;
}

export function Pager({ label, page, last, href }: Props) {
  if (last <= 1) return null;
  const steps = [
    { name: 'First', to: 1, isOpen: page > 1 },
    { name: 'Previous', to: page - 1, isOpen: page > 1 },
    { name: 'Next', to: page + 1, isOpen: page < last },
    { name: 'Last', to: last, isOpen: page < last },
  ];
  return (
    <nav className={`row between ${styles.pager}`} aria-label={label}>
      <span>
        Page {formatCount(page)} of {formatCount(last)}
      </span>
      <ul className="row">
        {steps.map(({ name, to, isOpen }) => (
          <li key={name}>
            {isOpen ? <A href={href(to)}>{name}</A> : <span className="soft">{name}</span>}
          </li>
        ))}
      </ul>
    </nav>
  );
}
