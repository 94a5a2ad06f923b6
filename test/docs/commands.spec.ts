import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blocks, commands, SHELLS, needsDashboard, titled, type Block } from './blocks.ts';
import { NOT_RUN, reasonsOf, runnable } from './not-run.ts';
import { useStorage } from './storage.ts';

const run = useStorage();

const NOT_COMMANDS = ['', 'json', 'jsonc', 'mermaid', 'nginx', 'python', 'ts'];

describe('every command of every document', () => {
  const here = runnable().filter((block) => !needsDashboard(block));
  it.each(here.map(titled))('works: %s', { tags: ['night'] }, async (_, block) => {
    const { exitCode, all } = await run(block);
    expect({ exitCode, all }).toMatchObject({ exitCode: 0 });
  });

  it('is in a block whose language says that it is one', () => {
    const languages = new Set(blocks().map(({ language }) => language));
    expect([...SHELLS, ...NOT_COMMANDS]).toEqual(expect.arrayContaining([...languages]));
  });

  it.each(NOT_RUN)('cannot be run: %s, %s: %s', (document, holds) => {
    const matching = commands().filter((block) =>
      reasonsOf(block).some(([where, text]) => where === document && text === holds),
    );
    expect(matching.map((block) => block.document)).toEqual([document]);
  });
});

describe('retention', { tags: ['night'] }, () => {
  it('moves old results with their jobs, and removes their pictures', async () => {
    const block = commands().find(({ text }) => text.startsWith('archive='));
    const { raid } = await run(block as Block);
    const [day = ''] = await readdir(join(raid, 'archive'));
    const moved = await readdir(join(raid, 'archive', day));
    expect(moved.sort()).toEqual(['day1.json', 'day1.result.json']);
    expect(await readdir(join(raid, 'watch/completed'))).toEqual([]);
    expect(await readdir(join(raid, 'watch/.runner/pictures'))).toEqual([]);
  });
});
