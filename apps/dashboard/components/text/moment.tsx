'use client';

import { useSyncExternalStore } from 'react';
import styles from './text.module.css';

const never = () => () => {};
const ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * An instant in the reader's time zone, with its year unless it is this one, the exact one on hover. The server can't know the zone and writes UTC first, in
 * the same form and width.
 * @param at milliseconds since 1970
 */
export function Moment({ at }: { at: number }) {
  const timeZone = useSyncExternalStore(
    never,
    () => ZONE,
    () => 'UTC',
  );
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <span>unknown</span>;
  const isOfThisYear = date.getUTCFullYear() === new Date().getUTCFullYear();
  return (
    <time className={styles.moment} dateTime={date.toISOString()} title={date.toISOString()}>
      {formatterOf(timeZone, isOfThisYear).format(date).replace('Sept', 'Sep')}
    </time>
  );
}

// A formatter takes some 30 kB outside of what the garbage collector counts: one for each time would fill the memory.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string, isOfThisYear: boolean): Intl.DateTimeFormat {
  const key = `${timeZone} ${isOfThisYear}`;
  const known =
    formatters.get(key) ??
    new Intl.DateTimeFormat('en-GB', {
      day: '2-digit',
      month: 'short',
      ...(isOfThisYear ? {} : { year: 'numeric' }),
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone,
    });
  formatters.set(key, known);
  return known;
}
