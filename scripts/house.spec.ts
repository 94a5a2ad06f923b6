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
  ['libs/engines/src/media/a.ts', '../index.ts', 'media looks down only'],
  ['libs/engines/src/proxy/a.ts', '../media/a.ts', 'media is entered by its index.ts'],
  ['libs/engines/src/nowhere/a.ts', 'node:path', 'every file is in a room'],
  ['libs/jobspec/src/a.ts', '@app/engines', 'jobspec-imports-nothing-of-ours'],
  ['libs/engines/src/look/a.ts', '@app/storage', 'engines-import-only-jobspec'],
  ['libs/engines/src/look/b.ts', 'node:fs', 'contract-and-engines-know-no-files-and-processes'],
  ['libs/storage/src/files/b.ts', 'node:fs/promises', 'storage-is-asked-with-a-deadline'],
  ['libs/assistant/src/plan/a.ts', 'node:child_process', 'programs-are-started-bounded'],
  ['libs/assistant/src/plan/b.ts', '@nestjs/common', 'libraries-know-no-nest'],
  ['apps/runner/src/watch/a.ts', '@app/assistant', 'service-knows-no-assistant'],
  ['apps/dashboard/lib/index/a.ts', '@app/jobspec', 'dashboard-knows-the-plain-contract'],
] as const;

it('an import that the drawing forbids is named with its rule (npm run house)', async () => {
  const root = await mkdtemp(join(tmpdir(), 'house-'));
  onTestFinished(() => rm(root, { recursive: true }));
  for (const file of ['scripts/house.mjs', '.dependency-cruiser.mjs', 'tsconfig.json'])
    await cp(file, join(root, file));
  await symlink(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  const files = [...FORBIDDEN, ...FACES.map((face) => [`${face}/index.ts`, 'node:path'] as const)];
  for (const [file, imported] of files) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), `import '${imported}';\n`);
  }
  const { stderr } = await execa('node', ['scripts/house.mjs'], { cwd: root, reject: false });
  for (const [file, , rule] of FORBIDDEN) expect(stderr).toContain(`${rule}: ${file} →`);
});
