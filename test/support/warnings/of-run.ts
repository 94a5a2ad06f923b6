import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PRELOAD = fileURLToPath(new URL('./preload.cjs', import.meta.url));

/**
 * Has each worker and each Node program of a run note warnings, uncaught errors and what it leaves open. `of-file.ts` fails the test file
 * in which that happened; what came later, or belongs to no file, fails the run at its end.
 */
export function setup(): void {
  // Each project calls this.
  if (process.env['PROCESS_WARNINGS'] !== undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'process-warnings-'));
  // Tests also start programs as other users.
  chmodSync(folder, 0o777);
  process.env['PROCESS_WARNINGS'] = join(folder, 'run');
  process.env['NODE_OPTIONS'] =
    `${process.env['NODE_OPTIONS'] ?? ''} --require "${PRELOAD}"`.trim();
  process.on('exit', () => {
    const found = takeWarnings(folder);
    rmSync(folder, { recursive: true });
    if (found.length === 0) return;
    console.error(sentence(found));
    process.exitCode = 1;
  });
}

/** Reads and removes what was noted in files whose names begin so. */
export function takeWarnings(folder: string, beginning = ''): string[] {
  const names = readdirSync(folder).filter((name) => name.startsWith(beginning));
  return names.map((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    rmSync(join(folder, name));
    return text;
  });
}

export const sentence = (found: readonly string[]) =>
  `Warnings, uncaught errors or files left open:\n\n${found.join('\n')}`;
