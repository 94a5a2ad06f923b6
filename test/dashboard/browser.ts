import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserServer } from 'playwright-core';
import { inject } from 'vitest';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts Debian's Chromium, without any traffic of its own, for all files of a run. */
export async function serveBrowser(): Promise<BrowserServer> {
  const executablePath = CANDIDATES.find((path) => existsSync(path));
  if (executablePath === undefined)
    throw new Error('Chromium is needed: node scripts/setup.mjs --for-tests');
  return chromium.launchServer({
    executablePath,
    host: '127.0.0.1',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** The Chromium of this run, for one file: its pages are closed with it. */
export function openBrowser(): Promise<Browser> {
  return chromium.connect(inject('browser'));
}
