#!/usr/bin/env node
import 'reflect-metadata';
import { runCli } from './commands/cli.ts';

// Whoever reads the log may go away; jobs go on without.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

process.exitCode = await runCli(process.argv);
