import { constants } from 'node:fs';
import { FINAL_STATUSES, type JobResult } from '@app/jobspec';
import { MAX_RESULT_BYTES } from '@app/jobspec/folder';
import { open } from '../files/index.ts';

/** More values than the largest result holds; twenty million empty objects fit into its bytes, and in no memory. */
const MOST_VALUES = 2_000_000;
const COMMA = 0x2c;

const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants;

/**
 * Reads a result file that this runner, or an earlier one, wrote. Whatever else lies there under its name is not opened for
 * long, nor read whole.
 *
 * @throws Error when it can't be read or isn't a result.
 */
export async function readResult(path: string): Promise<JobResult> {
  const result = JSON.parse(await readText(path)) as Partial<JobResult> | null;
  const decides =
    FINAL_STATUSES.some((status) => status === result?.final_status) &&
    typeof result?._metadata?.archived_as === 'string' &&
    typeof result._metadata.jobspec_sha256 === 'string';
  if (!decides) throw notAResult();
  return result as JobResult;
}

async function readText(path: string): Promise<string> {
  const file = await open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
  try {
    const stats = await file.stat();
    if (!stats.isFile() || stats.size > MAX_RESULT_BYTES) throw notAResult();
    const bytes = await file.readFile();
    let values = 0;
    for (let at = bytes.indexOf(COMMA); at >= 0; at = bytes.indexOf(COMMA, at + 1)) values++;
    if (values > MOST_VALUES) throw notAResult();
    return bytes.toString('utf8');
  } finally {
    await file.close();
  }
}

function notAResult(): Error {
  return new Error('it is not a result');
}
