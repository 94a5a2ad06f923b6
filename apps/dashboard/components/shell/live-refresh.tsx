'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';
import styles from './shell.module.css';

type Connection = 'waiting' | 'live' | 'lost';

const LABELS: Record<Connection, string> = {
  waiting: 'Connecting',
  live: 'Live',
  lost: 'No contact',
};

/**
 * Renders the page again whenever the server says that something changed; scroll position and focus stay.
 * A hidden tab listens to nothing, and catches up when it is looked at again.
 */
export function LiveRefresh({ version }: { version: string }) {
  const router = useRouter();
  const shown = useRef(version);
  const [connection, setConnection] = useState<Connection>('waiting');
  const [, startTransition] = useTransition();

  useEffect(() => {
    let events: EventSource | null = null;
    const refresh = ({ data }: MessageEvent<string>) => {
      setConnection('live');
      if (data === shown.current) return;
      shown.current = data;
      startTransition(() => router.refresh());
    };
    const follow = () => {
      events?.close();
      events = document.hidden ? null : new EventSource('/live');
      events?.addEventListener('message', refresh);
      events?.addEventListener('error', () => setConnection('lost'));
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      events?.close();
    };
  }, [router]);

  return (
    <span className={styles.live} data-state={connection}>
      <span className={styles.lamp} aria-hidden="true" />
      {LABELS[connection]}
    </span>
  );
}
