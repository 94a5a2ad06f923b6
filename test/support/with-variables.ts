import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Puts a program into a folder that is meant for the front of the `PATH`: another one that finds variables of its own. The runner
 * hands on none but those that programs need.
 *
 * @param program the full path of the other one, which finds the `PATH` without that folder.
 */
export function withVariables(
  folder: string,
  name: string,
  program: string,
  variables: Readonly<Record<string, string>>,
): void {
  const set = Object.entries(variables).map(([key, value]) => `export ${key}=${quoted(value)}`);
  const lines = ['#!/bin/sh', 'PATH=${PATH#*:}', ...set, `exec ${quoted(program)} "$@"`];
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, name), lines.join('\n') + '\n', { mode: 0o755 });
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
