'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';
import styles from './shell.module.css';

/** Least interval between refreshes. */
const REFRESH_PAUSE_MS = 2000;

type Connection = 'waiting' | 'live' | 'lost';

const LABELS: Record<Connection, string> = {
  waiting: 'Connecting',
  live: 'Live',
  lost: 'Offline',
};

/** Refreshes the page when the server reports a change, keeping scroll position and focus. Hidden tabs catch up when shown. */
export function LiveRefresh({ version }: { version: string }) {
  const router = useRouter();
  const rendered = useRef(version);
  // `null` on the server, as nothing connects without scripts.
  const [connection, setConnection] = useState<Connection | null>(null);
  const [, startTransition] = useTransition();

  useEffect(() => {
    let events: EventSource | null = null;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let refreshedAt = 0;
    let latest = rendered.current;
    const refresh = () => {
      waiting = undefined;
      refreshedAt = performance.now();
      rendered.current = latest;
      // Next reloads the whole page on a 404, which would refresh again.
      if (document.querySelector('[data-missing]') !== null) return;
      startTransition(() => router.refresh());
    };
    const onVersion = ({ data }: MessageEvent<string>) => {
      setConnection('live');
      latest = data;
      if (latest !== rendered.current)
        waiting ??= setTimeout(refresh, refreshedAt + REFRESH_PAUSE_MS - performance.now());
    };
    setConnection((known) => known ?? 'waiting');
    const follow = () => {
      events?.close();
      clearTimeout(waiting);
      waiting = undefined;
      events = document.hidden ? null : new EventSource('/live');
      events?.addEventListener('message', onVersion);
      events?.addEventListener('error', () => setConnection('lost'));
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      events?.close();
      clearTimeout(waiting);
    };
  }, [router]);

  const tone = { waiting: undefined, live: 'through', lost: 'refused' }[connection ?? 'waiting'];
  return (
    <span className={`soft ${styles.live}`} data-of={tone} role="status">
      {connection !== null && LABELS[connection]}
    </span>
  );
}
