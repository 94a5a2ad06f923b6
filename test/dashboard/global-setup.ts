import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { sampleFolder } from '../support/sample-folder.ts';
import { serveBrowser } from './browser.ts';
import { startDashboard } from './dashboard.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the run's only Chromium. */
    browser: string;
    /** Address of the dashboard of a sample folder, which no test changes. */
    sample: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds what the browser tests run against: the standalone server, and the runner whose results it shows; starts Chromium, and a dashboard that is only asked. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await execa('npm', ['run', '--silent', 'build:dashboard'], { cwd: root });
  if (!existsSync(`${root}/dist/apps/runner/src/main.js`))
    await execa('npm', ['run', '--silent', 'build'], { cwd: root });
  const [browser, folder] = [await serveBrowser(), sampleFolder()];
  const dashboard = await startDashboard([`dailies=${folder.path}`]);
  project.provide('browser', browser.wsEndpoint());
  project.provide('sample', dashboard.url);
  return async () => {
    await Promise.all([browser.close(), dashboard.stop()]);
    folder.remove();
  };
}
