import { TIME_ZONE } from '@/lib/query/days.ts';
import styles from './shell.module.css';

export function SiteFooter() {
  return (
    <footer className={styles.footer}>
      <span>
        Read-only. Times are in your time zone, days in {TIME_ZONE}.
        <noscript> Without scripts times are in UTC.</noscript>
      </span>
    </footer>
  );
}
