import { execa } from 'execa';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Program that users start. */
export const START = fileURLToPath(new URL('../../scripts/dashboard.mjs', import.meta.url));
const READY_MS = 150_000;

/** A dashboard that can be asked. */
export interface Asked {
  /** Without a final slash. */
  url: string;
  get(path: string, init?: RequestInit): Promise<Response>;
  /** An answer of the API. */
  json<T>(path: string): Promise<T>;
}

export interface Dashboard extends Asked {
  pid: number;
  /** Its output so far. */
  output(): string;
  stop(): Promise<void>;
}

interface Options {
  env?: Record<string, string>;
  /** A command that runs the one which follows it, such as `unshare -m`. */
  wrapper?: readonly string[];
  /** Folder of the index; a temporary directory by default. */
  dataDirectory?: string;
  /** More of them. */
  flags?: readonly string[];
}

/**
 * Starts the built standalone server on a free port of 127.0.0.1, as users start it.
 * @param folders as the command takes them
 */
export async function startDashboard(
  folders: readonly string[],
  { env = {}, wrapper = [], dataDirectory, flags = [] }: Options = {},
): Promise<Dashboard> {
  const data = dataDirectory ?? mkdtempSync(join(tmpdir(), 'dashboard-'));
  const options = ['--port', '0', '--data-dir', data, ...flags];
  const command = [...wrapper, process.execPath, START, ...folders, ...options];
  const [file = '', ...args] = command;
  const server = execa(file, args, { env, all: true, reject: false, buffer: false });
  let output = '';
  server.all.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const address = () => /Local: +(http:\S+)/u.exec(output)?.[1];
  try {
    await until(() => address() !== undefined && output.includes('Ready'), READY_MS);
  } catch (error) {
    server.kill();
    throw new Error(`The dashboard did not start:\n${output}`, { cause: error });
  }
  return {
    ...dashboardAt(address() ?? ''),
    pid: server.pid ?? 0,
    output: () => output,
    stop: async () => {
      server.kill();
      await server;
      if (dataDirectory === undefined) rmSync(data, { recursive: true, force: true });
    },
  };
}

export function dashboardAt(url: string): Asked {
  const get = (path: string, init?: RequestInit) => fetch(url + path, init);
  return { url, get, json: async <T>(path: string) => (await (await get(path)).json()) as T };
}

/** Waits for a condition rather than for a time. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  timeout = 120_000,
): Promise<void> {
  const end = Date.now() + timeout;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Not so within ${timeout} ms: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
