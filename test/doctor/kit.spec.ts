/** @module-tag night */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { KIT_CLIPS } from '../../libs/assistant/src/kit/kit-clips.ts';
import { KIT_PROGRAMS } from '../../libs/assistant/src/kit/kit-checklist.ts';
import { cli } from '../support/cli.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();
let kit = '';
let run: Awaited<ReturnType<typeof cli>>;
beforeAll(async () => {
  kit = join(folder.path, 'kit');
  run = await cli(['doctor', '--kit', kit]);
}, 600_000);

it('ends well', () => {
  expect({ exitCode: run.exitCode, stderr: run.stderr }).toMatchObject({ exitCode: 0 });
});

it.each(Object.keys(KIT_PROGRAMS))(
  '%s has a proxy of each clip, lists and a page',
  async (editor) => {
    const proxies = editor === 'resolve' ? join(kit, 'media/Proxy') : join(kit, 'proxies', editor);
    expect(await readdir(proxies)).toHaveLength(KIT_CLIPS.length);
    expect(await readdir(join(kit, 'lists', editor))).toContain('handover.fcpxml');
    const page = await readFile(join(kit, `${editor}.html`), 'utf8');
    for (const { name } of KIT_CLIPS) expect(page).toContain(`<th>${name}<br>`);
  },
);

it('takes no folder that holds something', async () => {
  await writeFile(join(folder.path, 'mine'), '');
  const { exitCode, stderr } = await cli(['doctor', '--kit', folder.path]);
  expect([exitCode, stderr]).toEqual([
    2,
    expect.stringContaining('is not empty. Name a new folder'),
  ]);
});
