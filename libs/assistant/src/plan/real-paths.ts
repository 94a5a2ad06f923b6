import { basename, dirname, join } from 'node:path';
import { realPathOf } from '@app/storage';

/** Resolves the folders of paths, each once, so that a file has one name whichever link leads to it. */
export class RealPaths {
  readonly #folders = new Map<string, Promise<string>>();

  async of(path: string): Promise<string> {
    return join(await this.#realFolder(dirname(path)), basename(path));
  }

  #realFolder(folder: string): Promise<string> {
    const before = this.#folders.get(folder);
    if (before !== undefined) return before;
    const real = realPathOf(folder).then((path) => path.real);
    this.#folders.set(folder, real);
    return real;
  }
}
