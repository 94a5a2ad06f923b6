import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { blocks, ROOT } from './blocks.ts';

const VIDEO = 'libs/engines/src/proxy/video';
const TEST = `${VIDEO}/decoding.spec.ts`;
const SOURCE = `${VIDEO}/plan-video.ts`;

/** Blocks of the walk-through, without the indent of the list that they are in. */
const steps = (language: string) =>
  blocks()
    .filter((block) => block.document === 'CONTRIBUTING.md' && block.heading === 'A first change')
    .filter((block) => block.language === language)
    .map(({ text }) => text.replaceAll(/^ {3}/gm, ''));

const folder = useTemporaryFolder();

it('the walk-through of a first change leads where it says', { tags: ['night'] }, async () => {
  const [test = '', call = '', code = ''] = steps('ts');
  const [, runTest = '', see = '', end = ''] = steps('sh');
  const clone = join(folder.path, 'clone');
  await execa('git', ['clone', '--quiet', ROOT, clone]);
  await cp(join(ROOT, 'node_modules'), join(clone, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  const change = async (path: string, edit: (text: string) => string) => {
    const before = await readFile(join(clone, path), 'utf8');
    const after = edit(before);
    expect(after).not.toBe(before);
    await writeFile(join(clone, path), after);
  };
  const shell = (commands: string) =>
    execa('sh', ['-ec', commands.replaceAll('/tmp/', `${folder.path}/`)], {
      cwd: clone,
      all: true,
      reject: false,
      env: { NO_COLOR: '1' },
    });

  await change(
    TEST,
    (text) => `${text.replace('planViews }', 'planViews, tallWarnings }')}\n${test}`,
  );
  const before = await shell(runTest);
  expect([before.exitCode, before.all]).toEqual([
    1,
    expect.stringContaining('tallWarnings is not a function'),
  ]);

  await change(SOURCE, (text) => {
    const last = /^ {4}warnings: \[\.\.\.rulings.*\],$/m;
    return `${text.replace(last, call.trimEnd())}\n${code}`;
  });
  expect(await shell(`npx prettier --write ${TEST} ${SOURCE}\n${runTest}`)).toMatchObject({
    exitCode: 0,
    all: expect.stringMatching(/Test Files +1 passed \(1\)/) as string,
  });

  const seen = await shell(see);
  expect([seen.exitCode, seen.all]).toEqual([
    0,
    expect.stringContaining('The clip is taller than wide: 180x320.'),
  ]);

  const checked = await shell(end.split('\n', 1).join());
  expect([checked.all, checked.exitCode]).toEqual([expect.any(String), 0]);
});
