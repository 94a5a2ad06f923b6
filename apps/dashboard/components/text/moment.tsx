'use client';

import { useSyncExternalStore } from 'react';
import styles from './text.module.css';

const never = () => () => {};
const readersZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;
const serversZone = () => 'UTC';

/**
 * An instant in the reader's time zone, the exact one on hover. The server can't know the zone and writes UTC first, in
 * the same form and width.
 * @param at milliseconds since 1970
 */
export function Moment({ at, seconds = false }: { at: number; seconds?: boolean }) {
  const timeZone = useSyncExternalStore(never, readersZone, serversZone);
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <span>unknown</span>;
  return (
    <time className={styles.moment} dateTime={date.toISOString()} title={exact(date, timeZone)}>
      {short(date, timeZone, seconds)}
    </time>
  );
}

function short(date: Date, timeZone: string, seconds: boolean): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: '2-digit',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  })
    .format(date)
    .replace('Sept', 'Sep');
}

function exact(date: Date, timeZone: string): string {
  const full = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    dateStyle: 'full',
    timeStyle: 'long',
    hourCycle: 'h23',
  }).format(date);
  return `${full} (${date.toISOString()})`;
}
