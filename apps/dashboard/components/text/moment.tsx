'use client';

import { useSyncExternalStore } from 'react';
import styles from './text.module.css';

const never = () => () => {};
const ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const readersZone = () => ZONE;
const serversZone = () => 'UTC';

/**
 * An instant in the reader's time zone, with its year unless it is this one, the exact one on hover. The server can't know the zone and writes UTC first, in
 * the same form and width.
 * @param at milliseconds since 1970
 */
export function Moment({ at, seconds = false }: { at: number; seconds?: boolean }) {
  const timeZone = useSyncExternalStore(never, readersZone, serversZone);
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <span>unknown</span>;
  return (
    <time className={styles.moment} dateTime={date.toISOString()} title={date.toISOString()}>
      {short(date, timeZone, seconds)}
    </time>
  );
}

type Form = 'short' | 'seconds' | 'withYear' | 'year';

const SHORT: Intl.DateTimeFormatOptions = {
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
};

const OPTIONS: Record<Form, Intl.DateTimeFormatOptions> = {
  short: SHORT,
  seconds: { ...SHORT, second: '2-digit' },
  withYear: { ...SHORT, year: 'numeric' },
  year: { year: 'numeric' },
};

// A formatter takes some 30 kB outside of what the garbage collector counts: one for each time would fill the memory.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(form: Form, timeZone: string): Intl.DateTimeFormat {
  const key = `${form} ${timeZone}`;
  const known =
    formatters.get(key) ??
    new Intl.DateTimeFormat('en-GB', { ...OPTIONS[form], timeZone, hourCycle: 'h23' });
  formatters.set(key, known);
  return known;
}

function short(date: Date, timeZone: string, seconds: boolean): string {
  const year = formatterOf('year', timeZone);
  const isOfThisYear = year.format(date) === year.format(Date.now());
  const form = isOfThisYear ? (seconds ? 'seconds' : 'short') : 'withYear';
  return formatterOf(form, timeZone).format(date).replace('Sept', 'Sep');
}
