'use client';

import { A } from '@/components/text/a.tsx';
import { usePathname } from 'next/navigation';
import styles from './shell.module.css';

const PAGES = [
  { href: '/', label: 'Overview' },
  { href: '/clips', label: 'Clips' },
  { href: '/jobs', label: 'Jobs' },
] as const;

/** URL of a clip, which is below that of its job. */
const CLIP = /^\/jobs(?:\/[^/]+){4}$/u;

export function MainNavigation() {
  const path = usePathname();
  return (
    <nav aria-label="Pages" className={styles.nav}>
      {PAGES.map(({ href, label }) => (
        <A key={href} href={href} aria-current={isCurrent(path, href) ? 'page' : undefined}>
          {label}
        </A>
      ))}
    </nav>
  );
}

function isCurrent(path: string, href: string): boolean {
  if (CLIP.test(path)) return href === '/clips';
  return path === href || (href !== '/' && path.startsWith(`${href}/`));
}
