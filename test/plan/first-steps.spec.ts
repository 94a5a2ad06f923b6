import { chmod, cp, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { plan } from '../support/plan.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const clips = useClips({ 'a.mov': { width: 64, height: 36, frames: 2 } });
const folder = useTemporaryFolder();
const CLIPS = 8;

it('a folder of clips becomes as many proxies by two commands, without any JSON', async () => {
  const at = (name: string) => join(folder.path, name);
  for (const name of ['day3', 'watch']) await mkdir(at(name));
  await chmod(at('watch'), 0o2775);
  const names = Array.from({ length: CLIPS }, (_, index) => `A001C${index + 100}.mov`);
  for (const name of names) await cp(clips['a.mov'], join(at('day3'), name));
  const media = [at('day3'), '--output', at('proxies'), '--codec', 'prores_proxy'];

  const planning = await plan([...media, '--submit', at('watch')]);
  expect(planning.stdout).toContain(`${CLIPS} proxies in ${CLIPS} JobSpecs submitted.`);
  // The service of a group's watch folder claims by renaming in it.
  expect((await stat(at('watch/pending'))).mode & 0o2070).toBe(0o2070);
  const running = await cli([at('watch'), '--once']);
  expect(running.exitCode).toBe(0);
  expect((await readdir(at('proxies/day3'))).toSorted()).toEqual(names);
});
