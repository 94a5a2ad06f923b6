#!/usr/bin/env node
import { runCli } from './cli/cli.ts';
import { unansweredPaths } from '@app/storage';
import { writeStdoutWhole } from './logging/print.ts';

/** A process with nothing left to do ends within this time, in seconds. */
const LAST_SECONDS = 1;

writeStdoutWhole();
// Whoever reads the log may go away; jobs go on without.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

process.exitCode = await runCli(process.argv);

// A thread that waits for storage can't be ended, and Node waits for it: only a kill doesn't.
if (unansweredPaths().length > 0) {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), LAST_SECONDS * 1000).unref();
}
