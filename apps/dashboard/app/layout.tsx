import './globals.css';
import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { SiteHeader } from '@/components/shell/site-header.tsx';
import styles from '@/components/shell/shell.module.css';
import { alarmsOf } from '@/lib/words/sentences.ts';
import { watchIndex } from '@/lib/index/watch-index.ts';
import { TIME_ZONE } from '@/lib/query/days.ts';
import { mono, sans } from './fonts.ts';

/** Titles that show alarms in the browser tab. */
export function generateMetadata(): Metadata {
  const [first, ...others] = alarmsOf(watchIndex().folders);
  const more = others.length > 0 ? ` (+${others.length})` : '';
  const name = 'watch-folder-runner';
  const alarm = first ? `⚠ ${first.folder.name}: ${first.short}${more} · ` : '';
  return {
    ...METADATA,
    title: { default: `${alarm}Overview · ${name}`, template: `${alarm}%s · ${name}` },
  };
}

const METADATA: Metadata = {
  description: 'What the watch folders hold: which proxies are made, what failed, and why.',
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, address: false, email: false, date: false },
};

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f4f5f6' },
    { media: '(prefers-color-scheme: dark)', color: '#101314' },
  ],
};

export default async function Layout({ children }: { children: ReactNode }) {
  // Renders on every request: files change at any time, and each response needs its own nonce.
  await connection();
  return (
    <html lang="en" data-zone={TIME_ZONE} className={`${sans.variable} ${mono.variable}`}>
      <body>
        <a className={styles.skip} href="#content">
          Skip to the content
        </a>
        <SiteHeader version={watchIndex().version} />
        <main id="content" className={styles.main} tabIndex={-1}>
          {children}
        </main>
        <footer className={`soft ${styles.footer}`}>
          Read-only · times are local, the day filter is in {TIME_ZONE}
          <noscript> (without scripts all in {TIME_ZONE})</noscript>
        </footer>
      </body>
    </html>
  );
}
