import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A folder of programs that take the place of those on the PATH.
 *
 * @param lines of bash, by name; `$real` is the program itself.
 */
export async function programsThat(
  parent: string,
  lines: Readonly<Record<string, string>>,
): Promise<string> {
  const folder = await mkdtemp(join(parent, 'programs-'));
  for (const [name, line] of Object.entries(lines)) {
    const path = join(folder, name);
    const real = `real=$(PATH=\${PATH#*:} command -v ${name})`;
    await writeFile(path, `#!/bin/bash\n${real}\n${line}\n`);
    await chmod(path, 0o755);
  }
  return folder;
}

/** Programs that a task calls, in order. */
const STEPS = ['stat', 'mv', 'sync', 'wc', 'watch-folder-runner'];

/**
 * The programs of a task, of which one call ends it: `KILL_AT` is its number, from 1, and `KILL_WHEN` says whether the whole process
 * group is killed before or after it. Each call has a line with its process in the file `COUNTER`: those of a pipe run at once.
 */
export function programsThatKill(parent: string): Promise<string> {
  const line = `echo "$$" >>"$COUNTER"
if [ "$(grep -nx "$$" "$COUNTER" | cut -d: -f1)" != "$KILL_AT" ]; then exec "$real" "$@"; fi
if [ "$KILL_WHEN" = after ]; then "$real" "$@"; fi
kill -KILL 0`;
  return programsThat(parent, Object.fromEntries(STEPS.map((name) => [name, line])));
}
