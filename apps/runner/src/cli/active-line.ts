import { type ActiveClip, activeWords, barLine, type HowFar } from '@app/assistant';
import { Progress } from '../logging/print.ts';

/** Between two looks, in milliseconds. */
const LOOK = 500;

/**
 * Shows on a terminal what is worked on, until it is stopped. Where nobody looks, it does nothing.
 *
 * @returns stops it.
 */
export function showActive(list: () => readonly ActiveClip[]): () => void {
  return show(() => {
    const clips = list();
    return clips.length === 0 ? null : () => clips.map(activeWords).join(' · ');
  });
}

/** Shows on a terminal a bar of how far it is, likewise; `null` for nothing to do. @returns stops it. */
export function showBar(look: () => HowFar | null): () => void {
  return show(() => {
    const far = look();
    return far === null ? null : () => barLine(far);
  });
}

function show(textNow: () => (() => string) | null): () => void {
  const progress = new Progress();
  const timer = setInterval(() => {
    const text = textNow();
    if (text === null) progress.end();
    else progress.show(text);
  }, LOOK).unref();
  return () => {
    clearInterval(timer);
    progress.end();
  };
}
