import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../docs/blocks.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const ROOMS = ['apps/runner/src', 'libs/jobspec/src', 'libs/engines/src', 'apps/dashboard'];

/** A project of these files under the rules of this one. */
async function project(name: string, files: Record<string, string>): Promise<string> {
  const root = join(folder.path, name);
  for (const room of ROOMS) await mkdir(join(root, room), { recursive: true });
  for (const file of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json'])
    await cp(join(ROOT, file), join(root, file));
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

/** Which rules each file breaks. */
async function broken(files: Record<string, string>): Promise<Map<string, string[]>> {
  const cwd = await project('wrong', files);
  const args = [...ROOMS, '--output-type', 'json'];
  const { stdout } = await execa('depcruise', args, { cwd, reject: false, preferLocal: true });
  const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } };
  const rules = new Map<string, string[]>();
  for (const { from, rule } of summary.violations)
    rules.set(from, [...(rules.get(from) ?? []), rule.name]);
  return rules;
}

interface Violation {
  from: string;
  rule: { name: string };
}

const THING = 'export const thing = 1;\n';
const importing = (path: string) => `import { thing } from '${path}';\nexport const it = thing;\n`;

const WRONG: [what: string, rule: string, file: string, text: string][] = [
  [
    'an engine that imports what uses it',
    'apps/runner/src: ffmpeg looks down only',
    'apps/runner/src/ffmpeg/engine.ts',
    importing('../results/result.ts'),
  ],
  [
    'two files of one room in a circle',
    'no-circle-between-files',
    'apps/runner/src/files/a.ts',
    "import { b } from './b.ts';\nexport const a = () => b;\n",
  ],
  [
    'a folder that stands in no order',
    'apps/runner/src: every file is in a room',
    'apps/runner/src/helpers/helper.ts',
    importing('../text/thing.ts'),
  ],
  [
    'a room entered by another door than its own',
    'apps/runner/src: files is entered by its index.ts',
    'apps/runner/src/config/window.ts',
    importing('../files/b.ts'),
  ],
  ['a file that nobody uses', 'no-forgotten-file', 'libs/engines/src/media/alone.ts', THING],
  [
    'Nest in a library',
    'libraries-know-no-nest',
    'libs/engines/src/media/nest.ts',
    importing('@nestjs/common'),
  ],
  [
    'the file system in a library',
    'libraries-know-no-files-and-processes',
    'libs/engines/src/media/files.ts',
    importing('node:fs/promises'),
  ],
  [
    'storage that is asked without a bound',
    'storage-is-asked-with-a-deadline',
    'apps/runner/src/text/hangs.ts',
    importing('node:fs/promises'),
  ],
  [
    'decorators in the dashboard, however deep',
    'dashboard-has-no-decorators',
    'apps/dashboard/lib/text/words.ts',
    importing('@app/jobspec/result'),
  ],
  [
    'a library entered by another door than its own',
    'libraries-have-one-face',
    'apps/runner/src/text/door.ts',
    importing('../../../../libs/engines/src/media/files.ts'),
  ],
  [
    'a contract that knows an engine',
    'jobspec-imports-nothing-of-ours',
    'libs/jobspec/src/other.ts',
    importing('@app/engines'),
  ],
];

const RIGHT = {
  'apps/runner/src/results/result.ts': importing('../text/thing.ts'),
  'apps/runner/src/text/thing.ts': THING,
  'apps/runner/src/files/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
  'apps/runner/src/files/index.ts': "export * from './a.ts';\n",
  'libs/jobspec/src/result.ts': "import 'class-validator';\nexport const thing = 1;\n",
  'libs/engines/src/index.ts': THING,
};

describe('the rules of the house', () => {
  let rules = new Map<string, string[]>();

  beforeAll(async () => {
    const wrong = WRONG.map(([, , file, text]) => [file, text]);
    rules = await broken({ ...Object.fromEntries(wrong), ...RIGHT });
  });

  it.each(WRONG)('refuse %s', (_, rule, file) => {
    expect(rules.get(file)).toContain(rule);
  });

  it('let a room import one that stands below it', () => {
    expect(rules.get('apps/runner/src/results/result.ts')).toBeUndefined();
  });
});
