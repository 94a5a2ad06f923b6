#!/usr/bin/env node
import 'reflect-metadata';
import { runCli } from './cli.ts';

process.exitCode = await runCli(process.argv);
