'use client';

import { useState } from 'react';
import styles from './text.module.css';

const FEEDBACK_MS = 2000;

/** Button that copies a text, or says that the browser doesn't allow it. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [feedback, setFeedback] = useState('');
  const copy = async () => {
    setFeedback(await write(text));
    setTimeout(() => setFeedback(''), FEEDBACK_MS);
  };
  return (
    <button type="button" className={styles.copy} onClick={() => void copy()}>
      <span aria-live="polite">{feedback === '' ? label : feedback}</span>
    </button>
  );
}

async function write(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied';
  } catch {
    return copyBySelection(text) ? 'Copied' : 'Not allowed here';
  }
}

/** Fallback without the clipboard API, which needs a secure origin. */
function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
