import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/** A program that waits for itself is found soon. */
const STALLS = ['--stall-timeout-seconds', '120'];
const RUNNER = fileURLToPath(new URL('../../dist/apps/runner/src/main.js', import.meta.url));

/** Runs one job of one clip at its own size; DNxHR has a smallest size, below which the clip is refused by contract. */
export async function makeProxy(path, { codec, container, resolution }, work) {
  const id = randomUUID();
  const output = join(work, id);
  await mkdir(output);
  const job = join(work, `${id}.json`);
  await writeFile(
    job,
    JSON.stringify({
      jobspec_version: '2.1',
      sources: [path],
      output_directory: output,
      codec,
      container,
      resolution,
      naming_template: 'proxy',
    }),
  );
  const run = await execa(process.execPath, [RUNNER, 'run', job, ...STALLS], { reject: false });
  const result = JSON.parse(run.stdout || 'null');
  const [clip] = result?.clips ?? [];
  if (result?.final_status !== 'COMPLETED')
    return { proxy: null, reason: result?.failure_reason ?? `no result: ${run.stderr}` };
  return { proxy: join(output, `proxy.${container}`), warnings: clip.warnings, result };
}
