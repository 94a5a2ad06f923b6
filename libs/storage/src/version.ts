import { existsSync, readFileSync } from 'node:fs';

/** Of the project's package.json, found upwards from here, since the build has its own depth. */
const MANIFEST = readManifest();

export const RUNNER_VERSION = MANIFEST.version;

/** Where people report what they find. */
export const ISSUES_URL = MANIFEST.bugs;

/** As `--version` says it. */
export const OWN_VERSION = `watch-folder-runner ${RUNNER_VERSION}`;

function readManifest(): { version: string; bugs: string } {
  let manifest = new URL('package.json', import.meta.url);
  while (!existsSync(manifest)) manifest = new URL('../package.json', manifest);
  return JSON.parse(readFileSync(manifest, 'utf8')) as { version: string; bugs: string };
}
