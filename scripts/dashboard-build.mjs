// Builds the dashboard: Next's standalone server, and the indexer beside it. Plain JavaScript, because it runs before anything is compiled.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const app = join(root, 'apps/dashboard');

/** Builds the standalone server with its static files and its indexer, unless no source is newer than the last build. */
export async function buildDashboard(standalone) {
  if (!isStale(standalone)) return;
  const next = join(root, 'node_modules/next/dist/bin/next');
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
  const { status } = spawnSync(process.execPath, [next, 'build'], {
    cwd: app,
    stdio: 'inherit',
    env,
  });
  if (status !== 0) {
    console.error('The dashboard could not be built.');
    process.exit(1);
  }
  await buildIndexer(join(standalone, 'indexer.mjs'));
  replaceLinks(join(standalone, '.next/node_modules'));
  cpSync(join(app, '.next/static'), join(standalone, '.next/static'), { recursive: true });
}

/** Replaces links by modules that require the target by name, because npm packages can't contain links. */
function replaceLinks(folder) {
  for (const entry of readdirSync(folder)) {
    const path = join(folder, entry);
    if (!lstatSync(path).isSymbolicLink()) continue;
    const name = entry.replace(/-[0-9a-f]{16}$/, '');
    rmSync(path);
    mkdirSync(path);
    writeFileSync(join(path, 'index.js'), `module.exports = require('${name}');\n`);
  }
}

/** Bundles the indexer: it runs in a worker thread, which Next doesn't build. */
async function buildIndexer(file) {
  const { build } = await import('rolldown');
  await build({
    input: join(app, 'lib/indexer/main.ts'),
    platform: 'node',
    external: ['libsql'],
    tsconfig: join(app, 'tsconfig.json'),
    output: { file, format: 'esm' },
    logLevel: 'warn',
  });
}

function isStale(standalone) {
  const built = join(standalone, '.next/static');
  const programs = ['server.js', 'indexer.mjs'].map((name) => join(standalone, name));
  if (![...programs, built].every((path) => existsSync(path))) return true;
  const builtAt = statSync(built).ctimeMs;
  const sources = [
    app,
    join(root, 'libs/jobspec/src'),
    join(root, 'schemas'),
    join(root, 'libs/storage/src'),
    join(root, 'libs/assistant/src/cards'),
    join(root, 'package-lock.json'),
  ];
  return sources.some((path) => newestChange(path) > builtAt);
}

/** Latest modification time in a folder, without specs and build output. */
export function newestChange(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  const names = readdirSync(path).filter(
    (name) =>
      !['.next', 'node_modules', 'next-env.d.ts'].includes(name) &&
      !name.endsWith('.tsbuildinfo') &&
      !name.endsWith('.spec.ts'),
  );
  return Math.max(0, ...names.map((name) => newestChange(join(path, name))));
}
