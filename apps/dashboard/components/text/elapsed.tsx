'use client';

import { useEffect, useState } from 'react';
import { formatDuration } from '@/lib/text/quantities.ts';
import styles from './text.module.css';

/**
 * Time that goes on, counted from what the server saw: the reader's clock may be wrong.
 * @param seconds elapsed when the server rendered it
 */
export function Elapsed({ seconds }: { seconds: number }) {
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    const startedAt = performance.now();
    const timer = setInterval(() => setPassed((performance.now() - startedAt) / 1000), 1000);
    setPassed(0);
    return () => clearInterval(timer);
  }, [seconds]);
  return <span className={styles.moment}>{formatDuration(Math.floor(seconds + passed))}</span>;
}
