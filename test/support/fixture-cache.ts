import { createHash, randomUUID } from 'node:crypto';
import { copyFile, cp, mkdir, rename, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/test-fixtures', import.meta.url));
let ffmpeg: Promise<string> | undefined;

/** FFmpeg's version with the libraries that it was built with: another one may write other bytes. */
function ffmpegVersion(): Promise<string> {
  return (ffmpeg ??= execa('ffmpeg', ['-version']).then(({ stdout }) => stdout));
}

/**
 * A fixture as it was made before of the same things, or made now and kept for the next test. Tests may change what they get: it
 * is a copy.
 *
 * @param path where the fixture is wanted, a file or a folder
 * @param key all that its bytes depend on, beside FFmpeg's version and the path's extension
 * @param make makes it at another path with the same extension
 */
export async function fromCache(
  path: string,
  key: unknown,
  make: (path: string) => Promise<unknown>,
): Promise<void> {
  const words = JSON.stringify([await ffmpegVersion(), extname(path), key]);
  const name = createHash('sha256').update(words).digest('hex') + extname(path);
  const kept = join(CACHE, name);
  if (await copied(kept, path)) return;
  // Under a name of its own until it is whole: other workers may make the same fixture at this moment.
  await mkdir(CACHE, { recursive: true });
  const making = join(CACHE, `${randomUUID()}.making${extname(path)}`);
  try {
    await make(making);
    await rename(making, kept).catch(ifAnotherWasFirst);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  if (!(await copied(kept, path))) throw new Error(`${kept} is gone`);
}

async function copied(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return false;
    if (code !== 'EISDIR') throw error;
    await cp(from, to, { recursive: true });
  }
  return true;
}

/** A folder doesn't replace one that isn't empty; a file does. */
function ifAnotherWasFirst({ code, message }: NodeJS.ErrnoException): void {
  if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw new Error(message);
}
