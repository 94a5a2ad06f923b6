import Form from 'next/form';
import { A } from '@/components/text/a.tsx';
import { LiveRefresh } from './live-refresh.tsx';
import { MainNavigation } from './main-navigation.tsx';
import styles from './shell.module.css';

export function SiteHeader({ version }: { version: string }) {
  return (
    <header className={styles.header}>
      <div className={`row ${styles.bar}`}>
        <A href="/" className={styles.brand}>
          <Slate />
          watch-folder-runner
        </A>
        <MainNavigation />
        <Form action="/clips" role="search" prefetch={false} className={styles.search}>
          <input
            type="search"
            name="q"
            aria-label="Search cards, clips and jobs"
            placeholder="A001, day 3"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
          />
          <button type="submit">Search</button>
        </Form>
        <LiveRefresh version={version} />
      </div>
    </header>
  );
}

function Slate() {
  return (
    <svg
      viewBox="0 0 20 20"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.600"
    >
      <path d="M2 7h16v11H2zM2 7l3-4.500h3L5 7m4 0 3-4.500h3L12 7" />
      <circle cx="10" cy="12.500" r="2.300" fill="var(--through)" stroke="none" />
    </svg>
  );
}
