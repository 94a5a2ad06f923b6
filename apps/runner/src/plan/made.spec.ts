import type { ProxyKey } from '@app/jobspec/ledger';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withoutMade } from './made.ts';
import { RealNames } from './real-names.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'made-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('takes a proxy for made though the clip is of tomorrow, as a camera that was ahead has it', async () => {
  const [source, output] = [join(folder, 'C001.mov'), join(folder, 'C001.mp4')];
  await writeFile(source, 'clip');
  const tomorrow = Date.now() / 1000 + 86_400;
  await utimes(source, tomorrow, tomorrow);
  await writeFile(output, 'proxy');
  const now = Date.now() / 1000 + 1;
  await utimes(output, now, now);
  const document = { clips: [{ path: source }], outputs: [output], directory: folder };
  const others = {
    pendingOutputs: new Map(),
    ended: new Map(),
    verified: new Map(),
    failed: new Set<ProxyKey>(),
    names: new RealNames(),
  };
  const left = () => withoutMade([document as never], others, { naming: '{source_name}' } as never);
  expect(await left()).toMatchObject({ made: 1, documents: [], problems: [] });

  const before = Date.now() / 1000 - 86_400;
  await utimes(output, before, before);
  expect(await left()).toMatchObject({ made: 0, problems: [{ kind: 'proxy', path: source }] });
});
