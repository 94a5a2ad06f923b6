import { type ActiveClip, activeWords, barLine, type BarState } from '@app/assistant';
import { Progress } from '../logging/print.ts';

/** Interval between two updates, in milliseconds. */
const LOOK = 500;

/**
 * Shows the active clips on a terminal. Does nothing without one.
 *
 * @returns a function that ends the display.
 */
export function showActive(list: () => readonly ActiveClip[]): () => void {
  return show(() => {
    const clips = list();
    return clips.length === 0 ? null : () => clips.map(activeWords).join(' · ');
  });
}

/** Shows a progress bar on a terminal; hidden while `look` returns `null`. @returns a function that ends the display. */
export function showBar(look: () => BarState | null): () => void {
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
