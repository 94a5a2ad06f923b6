import { lstat } from './bounded-fs.ts';
import { errorCode } from './system-error.ts';

/** Whether a name is taken, by whatever it is: dangling symbolic links count. @throws any system error but that nothing is there. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}
