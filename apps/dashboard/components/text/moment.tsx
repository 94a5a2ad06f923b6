'use client';

import { useSyncExternalStore } from 'react';
import { writtenMoment } from '@/lib/words/written-moment.ts';
import styles from './text.module.css';

const MINUTE_MS = 60_000;
const ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Time zone of the server, used before hydration. */
function serversZone(): string {
  return typeof document === 'undefined'
    ? ZONE
    : (document.documentElement.dataset['zone'] ?? ZONE);
}

/** Updates times every minute: today becomes yesterday at midnight. */
function everyMinute(update: () => void): () => void {
  const timer = setInterval(update, MINUTE_MS);
  return () => clearInterval(timer);
}

/** Time in the reader's zone, with the exact instant on hover. @param at Unix milliseconds */
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
