'use client';

import { useSyncExternalStore } from 'react';
import { writtenMoment } from '@/lib/words/written-moment.ts';
import styles from './text.module.css';

const MINUTE_MS = 60_000;
const ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The server's zone, in which a time is written before scripts run. */
function serversZone(): string {
  return typeof document === 'undefined'
    ? ZONE
    : (document.documentElement.dataset['zone'] ?? ZONE);
}

/** What was today is yesterday after midnight, on a page that nobody touches. */
function everyMinute(tell: () => void): () => void {
  const timer = setInterval(tell, MINUTE_MS);
  return () => clearInterval(timer);
}

/** An instant in the reader's time zone, the exact one on hover. @param at milliseconds since 1970 */
export function Moment({ at }: { at: number }) {
  const date = new Date(at);
  const isKnown = !Number.isNaN(date.getTime());
  const writtenIn = (zone: string) => (isKnown ? writtenMoment(at, zone, Date.now()) : 'unknown');
  const written = useSyncExternalStore(
    everyMinute,
    () => writtenIn(ZONE),
    () => writtenIn(serversZone()),
  );
  if (!isKnown) return <span>{written}</span>;
  return (
    <time className={styles.moment} dateTime={date.toISOString()} title={date.toISOString()}>
      {written}
    </time>
  );
}
