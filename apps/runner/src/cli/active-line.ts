import { type ActiveClip, activeWords, barLine, type BarState } from '@app/assistant';
import { Progress } from '../logging/print.ts';

/** Interval between two updates, in milliseconds. */
const INTERVAL = 500;

/**
 * Shows the active clips if stderr is a terminal.
 *
 * @returns a function that ends the display.
 */
export function showActive(list: () => readonly ActiveClip[]): () => void {
  return show(() => {
    const clips = list();
    return clips.length === 0 ? null : () => clips.map(activeWords).join(' · ');
  });
}

/** Shows a progress bar if stderr is a terminal; hidden while `read` returns `null`. @returns a function that ends the display. */
export function showBar(read: () => BarState | null): () => void {
  return show(() => {
    const state = read();
    return state === null ? null : () => barLine(state);
  });
}

function show(textNow: () => (() => string) | null): () => void {
  const progress = new Progress();
  const timer = setInterval(() => {
    const text = textNow();
    if (text === null) progress.end();
    else progress.show(text);
  }, INTERVAL).unref();
  return () => {
    clearInterval(timer);
    progress.end();
  };
}
