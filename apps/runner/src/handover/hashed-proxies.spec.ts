import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashProxies } from './hashed-proxies.ts';

const EMPTY = 'ef46db3751d8e999';
let proxy = '';
beforeAll(async () => {
  proxy = join(await mkdtemp(join(tmpdir(), 'proxies-')), 'C001.mov');
  await writeFile(proxy, '');
});
afterAll(() => rm(join(proxy, '..'), { recursive: true }));

it.each([
  ['its hash differs', []],
  ['isn\'t what "day1.json" made: it was made again, and is as "day2.json" made it', [EMPTY]],
])('a proxy of which another job is not handed over: %s', async (sentence, hashes) => {
  const clip = { job: 'day1.json', proxy, bytes: null, xxh64: '0'.repeat(16) };
  const others = hashes.map((xxh64) => ({ job: 'day2.json', bytes: 0, xxh64 }));
  const { hashed, lost } = await hashProxies([clip as never], new Map([[proxy, others]]));
  expect(hashed.size).toBe(0);
  expect(lost.get(proxy)).toContain(sentence);
});
