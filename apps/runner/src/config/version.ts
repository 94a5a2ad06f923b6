import { existsSync, readFileSync } from 'node:fs';

/** The version in the project's package.json, found upwards from here, since the build has its own depth. */
export const RUNNER_VERSION = readVersion();

/** As `--version` says it. */
export const OWN_VERSION = `watch-folder-runner ${RUNNER_VERSION}`;

function readVersion(): string {
  let manifest = new URL('package.json', import.meta.url);
  while (!existsSync(manifest)) manifest = new URL('../package.json', manifest);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return version;
}
