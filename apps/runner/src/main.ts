#!/usr/bin/env node
import { runCli } from './cli/cli.ts';
import { unansweredPaths } from '@app/storage';
import { writeStdoutWhole } from './logging/print.ts';

/** Time for a finished process to exit by itself, in seconds. */
const LAST_SECONDS = 1;

writeStdoutWhole();
// A reader of the log may go away; jobs go on without it.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

process.exitCode = await runCli(process.argv);

// Node would wait for threads that are blocked by storage; only SIGKILL ends them.
if (unansweredPaths().length > 0) {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), LAST_SECONDS * 1000).unref();
}
