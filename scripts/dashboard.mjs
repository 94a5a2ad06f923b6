// Starts the dashboard: builds it if its sources are newer than the build, then runs the standalone server in this process.
import { randomBytes, scryptSync } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';

/** Folder of the build, and its programs. */
export const standalone = fileURLToPath(
  new URL('../apps/dashboard/.next/standalone/apps/dashboard', import.meta.url),
);
const server = join(standalone, 'server.js');
const indexer = join(standalone, 'indexer.mjs');

const USAGE = `Usage: watch-folder-runner dashboard [NAME=]FOLDER… [options]

Shows watch folders on a read-only page. A folder is called after its last part, or NAME
(WFR_DASHBOARD_FOLDERS, one a line).

  --port N              default 3000; 0 takes any free one (WFR_DASHBOARD_PORT)
  --host H              address to listen on, default 127.0.0.1; 0.0.0.0 is every one (WFR_DASHBOARD_HOST)
  --data-dir PATH       where the index is kept, on a local disk; it can be deleted at any time. Default: the
                        user's cache directory (WFR_DASHBOARD_DATA_DIR)
  --allow-host NAME     a host name that readers may use, such as proxies.example or *.example; repeat it
                        (WFR_DASHBOARD_ALLOW_HOST, separated by spaces). Addresses, localhost and this
                        machine's name need not be named
  --media-root PATH     plays the proxies below it in the browser (H.264, HEVC, AV1); repeat it. Off unless set
                        (WFR_DASHBOARD_MEDIA_ROOT, one a line)
  --hash-password       reads a password and prints what WFR_DASHBOARD_PASSWORD_HASH must be, then ends
  --help

A password is asked for when WFR_DASHBOARD_PASSWORD_HASH is set.`;

const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  'data-dir': { type: 'string' },
  'allow-host': { type: 'string', multiple: true },
  'media-root': { type: 'string', multiple: true },
  'hash-password': { type: 'boolean' },
  'build-only': { type: 'boolean' },
  help: { type: 'boolean' },
};

/** Enough for a folder of 100,000 results: its 200,000 names are in memory while they are compared. */
const resourceLimits = { maxOldGenerationSizeMb: 512 };
/** Global function that the server calls to start the thread that reads the watch folders. */
const START_INDEXER = Symbol.for('watch-folder-runner.start-indexer');
/** Longer than clients and reverse proxies keep idle connections, so that none sends a request on one that is just being closed. */
const KEEP_ALIVE_MS = '75000';
const HEAP_FLAGS = '--semi-space-growth-factor=1 --heap-growing-percent=30';
/** Interval of checks for the parent: `npm run` sends signals to a shell in between, which ends without passing them on. */
const LOOK_FOR_PARENT_MS = 500;
// Read before the build: by its end, the parent may be gone.
const parent = process.ppid;

/** @param args command line without program and command */
export async function main(args) {
  const { values, positionals } = readOptions(args);
  if (values.help) return console.log(USAGE);
  if (values['hash-password']) return console.log(await hashPassword());
  if (values['build-only']) return build();
  const env = await settings(values, positionals);
  if (process.env.npm_lifecycle_event !== undefined) endWithParent();
  await build();
  // Next's own server listens on every address unless told otherwise.
  Object.assign(process.env, { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...env });
  // Rendering leaves much garbage, for which V8 by default grows the heap before collecting. Set after the start, which it would slow.
  setTimeout(() => setFlagsFromString(HEAP_FLAGS), 5000).unref();
  globalThis[START_INDEXER] = (workerData) => new Worker(indexer, { workerData, resourceLimits });
  subscribe('net.server.socket', prepareServer);
  subscribe('http.server.request.start', prepareAnswer);
  await import(pathToFileURL(server).href);
}

/** Builds, except in a copy of a build, such as the image, which has no sources. */
async function build() {
  if (!existsSync(new URL('dashboard-build.mjs', import.meta.url))) return;
  const { buildDashboard } = await import('./dashboard-build.mjs');
  await buildDashboard(standalone);
}

/** Called for each connection. Next would keep one open for ever if it asks for another protocol; without its listener, the request is answered as usual. */
function prepareServer({ socket: { server } }) {
  if (server.listenerCount('timeout') === 0) server.on('timeout', endIdle);
  server.removeAllListeners('upgrade');
}

/**
 * Runs before Next, which redirects some requests itself, without our headers: a response that sets no policy gets the strictest.
 * If a request line has a whole URL, only its path is kept; the `Host` header is checked elsewhere.
 */
function prepareAnswer({ request, response }) {
  response.setHeader('Content-Security-Policy', "default-src 'none'");
  if (request.url.startsWith('/')) return;
  const { pathname, search } = new URL(
    URL.canParse(request.url) ? request.url : 'http://localhost',
  );
  request.url = pathname + search;
}

/**
 * Closes an idle connection unless a request is waiting on it. After a busy moment, Node runs its timers before it reads what has
 * arrived, so closing at once would reset such a request.
 */
function endIdle(socket) {
  const { bytesRead } = socket;
  setImmediate(() => {
    if (socket.bytesRead === bytesRead) socket.destroy();
  });
}

function endWithParent() {
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, LOOK_FOR_PARENT_MS).unref();
}

function readOptions(args) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    return fail(`${error.message}\n\n${USAGE}`);
  }
}

async function settings(values, named) {
  const folders = named.join('\n') || (process.env.WFR_DASHBOARD_FOLDERS ?? '');
  if (folders.trim() === '') fail(`Name at least one watch folder.\n\n${USAGE}`);
  const port = values.port ?? process.env.WFR_DASHBOARD_PORT ?? '3000';
  if (!/^\d{1,5}$/u.test(port) || Number(port) > 65_535)
    fail(`--port is "${port}", expected a number from 0 to 65535.`);
  const host = values.host ?? process.env.WFR_DASHBOARD_HOST ?? '127.0.0.1';
  return {
    // Absolute, because the server changes into its own folder before it reads them.
    WFR_DASHBOARD_FOLDERS: folders.split('\n').map(absolute).join('\n'),
    PORT: await openPort(Number(port), host),
    HOSTNAME: host,
    KEEP_ALIVE_TIMEOUT: process.env.KEEP_ALIVE_TIMEOUT ?? KEEP_ALIVE_MS,
    ...(values['allow-host'] === undefined
      ? {}
      : { WFR_DASHBOARD_ALLOW_HOST: values['allow-host'].join(' ') }),
    ...mediaRoots(values['media-root']),
    ...dataDirectory(values['data-dir'] ?? process.env.WFR_DASHBOARD_DATA_DIR),
  };
}

/** Absolute paths, see {@link dataDirectory}. */
function mediaRoots(named) {
  const paths = named ?? process.env.WFR_DASHBOARD_MEDIA_ROOT?.split('\n') ?? [];
  const roots = paths.filter((path) => path.trim() !== '').map((path) => resolve(path));
  return { WFR_DASHBOARD_MEDIA_ROOT: roots.join('\n') };
}

/** Absolute path, because the server changes into its own folder before it reads the setting. */
function dataDirectory(path) {
  return path ? { WFR_DASHBOARD_DATA_DIR: resolve(path) } : {};
}

const LISTEN_PROBLEMS = {
  EADDRINUSE: 'is in use. Choose another with --port N, or 0 for any free one',
  EACCES: 'is not open to this user. Choose another with --port N, from 1024 on',
};

/** Free port, found by listening on it: Next takes 0 for 3000, and its errors name no remedy. */
async function openPort(wanted, host) {
  const probe = createServer().listen(wanted, host);
  try {
    await once(probe, 'listening');
  } catch ({ code }) {
    const problem = LISTEN_PROBLEMS[code];
    if (problem !== undefined) fail(`Port ${wanted} of ${host} ${problem}.`, 1);
    fail(`Nothing can listen on ${host} (${code}): --host takes an address of this machine.`, 1);
  }
  const { port } = probe.address();
  await once(probe.close(), 'close');
  return String(port);
}

/** Makes the path in `NAME=PATH` absolute. The name is the part before the first `=` if it has no slash; the server validates it. */
function absolute(folder) {
  const [, name, path] = /^([^=/\\]*=)?(.*)$/su.exec(folder);
  return path.trim() === '' ? folder : `${name ?? ''}${resolve(path)}`;
}

async function hashPassword() {
  const lines = createInterface({ input: process.stdin });
  if (process.stdin.isTTY) process.stderr.write('Password: ');
  const { value: password } = await lines[Symbol.asyncIterator]().next();
  lines.close();
  if (!password) fail('No password was given.');
  const [cost, blockSize, parallelization] = [16_384, 8, 1];
  const salt = randomBytes(16);
  const options = { N: cost, r: blockSize, p: parallelization };
  const key = scryptSync(password, salt, 32, options);
  const encoded = [salt, key].map((bytes) => bytes.toString('base64url'));
  return ['scrypt', cost, blockSize, parallelization, ...encoded].join(':');
}

function fail(sentence, code = 2) {
  console.error(sentence);
  process.exit(code);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
