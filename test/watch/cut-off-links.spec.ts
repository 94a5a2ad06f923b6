import { link, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const folder = useWatchFolder();
const at = (state: string, name: string) => join(folder().root, state, name);

/** A task of a farm archives by a link and the removal of the first name; between them a file has both. */
describe('a move to the archive that was cut off between its two names is done', () => {
  beforeEach(async () => {
    await folder().dropJob('x.json', { sources: ['/nowhere/a.mov'] });
    await cli([folder().root, '--once']);
  });

  const DONE = { running: [], completed: [], failed: ['x.json', 'x.result.json'] };
  const recovered = async () => {
    await cli([folder().root, '--once']);
    const [running, completed, failed] = await Promise.all(
      (['running', 'completed', 'failed'] as const).map((state) => folder().names(state)),
    );
    return { running, completed, failed };
  };

  it('that of the job', async () => {
    await link(at('failed', 'x.json'), at('running', 'x.json'));
    await rename(at('failed', 'x.result.json'), at('running', 'x.result.json'));
    expect(await recovered()).toEqual(DONE);
  });

  it('that of the result', async () => {
    await link(at('failed', 'x.result.json'), at('running', 'x.result.json'));
    expect(await recovered()).toEqual(DONE);
  });
});
