'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import styles from './shell.module.css';

const PAGES = [
  { href: '/', label: 'Overview' },
  { href: '/jobs', label: 'Jobs' },
] as const;

export function MainNavigation() {
  const path = usePathname();
  return (
    <nav aria-label="Pages" className={styles.nav}>
      {PAGES.map(({ href, label }) => (
        <Link key={href} href={href} aria-current={path === href ? 'page' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
