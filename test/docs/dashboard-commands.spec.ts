/** @module-tag night */
import { describe, expect, it } from 'vitest';
import { needsDashboard, titled } from './blocks.ts';
import { runnable } from './not-run.ts';
import { useStorage } from './storage.ts';

const run = useStorage();
const START = 'npm run dashboard -- watch=/mnt/raid/watch';

describe('every command for the dashboard', () => {
  it.each(runnable().filter(needsDashboard).map(titled))('works: %s', async (_, block) => {
    const asks = block.text.startsWith('curl');
    const { exitCode, all } = await run(block, asks ? START : '');
    expect({ exitCode, all }).toMatchObject({ exitCode: 0 });
  });
});
