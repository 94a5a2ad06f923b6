import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { serveBrowser } from './browser.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the one Chromium of a run listens. */
    browser: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds what the browser tests run against: the standalone server, and the runner whose results it shows; and starts Chromium. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await execa('npm', ['run', '--silent', 'build:dashboard'], { cwd: root });
  if (!existsSync(`${root}/dist/apps/runner/src/main.js`))
    await execa('npm', ['run', '--silent', 'build'], { cwd: root });
  const browser = await serveBrowser();
  project.provide('browser', browser.wsEndpoint());
  return () => browser.close();
}
