import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';

const FACES = ['apps/runner/src', 'apps/dashboard', 'libs/engines/src/media'].concat(
  ['assistant', 'storage', 'engines', 'jobspec'].map((name) => `libs/${name}/src`),
);
/** A file, what it must not import, and the rule that says so. */
const FORBIDDEN = [
  ['libs/jobspec/src/json/a.ts', './a.ts', 'no-circle-between-files'],
  ['libs/engines/src/media/a.ts', '../index.ts', 'libs/engines/src: media looks down only'],
  [
    'libs/engines/src/proxy/a.ts',
    '../media/a.ts',
    'libs/engines/src: media is entered by its index.ts',
  ],
  ['libs/engines/src/nowhere/a.ts', 'node:path', 'libs/engines/src: every file is in a room'],
  ['libs/jobspec/src/a.ts', '@app/engines', 'jobspec-imports-nothing-of-ours'],
  ['libs/engines/src/look/a.ts', '@app/storage', 'engines-import-only-jobspec'],
  ['libs/engines/src/look/b.ts', 'node:fs', 'contract-and-engines-know-no-files-and-processes'],
  ['libs/storage/src/files/b.ts', 'node:fs/promises', 'storage-is-asked-with-a-deadline'],
  ['libs/assistant/src/plan/a.ts', 'node:child_process', 'programs-are-started-bounded'],
  ['libs/assistant/src/plan/b.ts', '@nestjs/common', 'libraries-know-no-nest'],
  ['apps/runner/src/watch/a.ts', '@app/assistant', 'service-knows-no-assistant'],
  ['apps/dashboard/lib/index/a.ts', '@app/jobspec', 'dashboard-knows-the-plain-contract'],
  ['libs/jobspec/src/schema/a.ts', '../wording/a.ts', 'no-circle-between-folders'],
  ['libs/storage/src/sources/a.ts', '@app/assistant', 'storage-knows-no-assistant'],
  [
    'libs/assistant/src/mhl/a.ts',
    '../../../../apps/runner/src/index.ts',
    'assistant-is-handed-the-service',
  ],
  ['apps/runner/src/health/a.ts', '../../../dashboard/lib/index/a.ts', 'apps-do-not-meet'],
  ['apps/runner/src/job/a.ts', '../../../../libs/jobspec/src/json/a.ts', 'libraries-have-one-face'],
  ['apps/dashboard/lib/query/a.ts', '@nestjs/common', 'dashboard-has-no-decorators'],
  ['apps/runner/src/cli/a.ts', '../main.ts', 'only-main-starts'],
  ['apps/runner/src/config/a.ts', './nowhere.ts', 'no-import-that-leads-nowhere'],
  ['libs/jobspec/src/naming/a.ts', null, 'no-forgotten-file'],
] as const;
/** Rules that each package, or each room, has one of: its path and its name. */
const DRAWN = /^\S+: (?:\S+ (?=looks|is entered))?/;
/** Dependencies of those. */
const OTHERS = [
  ['libs/jobspec/src/wording/a.ts', '../schema/b.ts'],
  ['libs/jobspec/src/schema/b.ts', 'node:path'],
  ['apps/runner/src/main.ts', 'node:path'],
] as const;

it('an import that the drawing forbids is named with its rule (npm run house)', async () => {
  const root = await mkdtemp(join(tmpdir(), 'house-'));
  onTestFinished(() => rm(root, { recursive: true }));
  for (const file of ['scripts/house.mjs', '.dependency-cruiser.mjs', 'tsconfig.json'])
    await cp(file, join(root, file));
  await symlink(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  const faces = FACES.map((face) => [`${face}/index.ts`, 'node:path'] as const);
  for (const [file, imported] of [...FORBIDDEN, ...OTHERS, ...faces]) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), imported === null ? 'export {};' : `import '${imported}';\n`);
  }
  const { stderr } = await execa('node', ['scripts/house.mjs'], { cwd: root, reject: false });
  const place = (file: string, rule: string) =>
    rule === 'no-circle-between-folders' ? dirname(file) : file;
  for (const [file, , rule] of FORBIDDEN)
    expect(stderr).toContain(`${rule}: ${place(file, rule)} →`);
});

it('every rule has such an import', async () => {
  const { default: rules } = (await import(join(process.cwd(), '.dependency-cruiser.mjs'))) as {
    default: { forbidden: { name: string }[] };
  };
  const kinds = new Set(rules.forbidden.map(({ name }) => name.replace(DRAWN, '')));
  expect(new Set(FORBIDDEN.map(([, , rule]) => rule.replace(DRAWN, '')))).toEqual(kinds);
});
