import { parse } from 'node:path';

/** Where programs run: every path is absolute, and the directory that the runner was started in may be gone. */
export const PROGRAM_DIRECTORY = parse(process.execPath).root;

/**
 * The process's environment, for what is not a setting of ours: `PATH`, the variables of Resolve, and what child processes
 * inherit. Settings come from `config/`.
 */
export function environment(): Readonly<NodeJS.ProcessEnv> {
  return process.env;
}

/** How many threads there are for the file system; Node's own number where nothing is set. */
export const FILE_THREADS = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4);
