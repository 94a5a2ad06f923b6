import { existsSync, readFileSync } from 'node:fs';

/** The project's package.json, searched upwards because the build has another depth. */
const PLACE = manifestAbove();
const MANIFEST = JSON.parse(readFileSync(PLACE, 'utf8')) as { version: string; bugs: string };

/** Folder of the package, or of the checkout. */
export const PACKAGE_ROOT = new URL('.', PLACE);

export const RUNNER_VERSION = MANIFEST.version;

/** URL for reports. */
export const ISSUES_URL = MANIFEST.bugs;

/** Text of `--version`. */
export const OWN_VERSION = `watch-folder-runner ${RUNNER_VERSION}`;

function manifestAbove(): URL {
  let manifest = new URL('package.json', import.meta.url);
  while (!existsSync(manifest)) manifest = new URL('../package.json', manifest);
  return manifest;
}
