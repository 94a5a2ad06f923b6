import { appendFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { INVENTORY_LIMITS, type InventoryClip } from '@app/jobspec/inventory';
import { readInventory, readRecord, RECORD_IS_FULL } from './inventory-file.ts';
import { WatchFolder } from './watch-folder.ts';

let folder: WatchFolder;
beforeEach(async () => {
  folder = new WatchFolder(await mkdtemp(join(tmpdir(), 'wfr-')));
  await folder.prepare();
});
afterEach(() => rm(folder.root, { recursive: true }));

const lineOf = (name: string, cause: InventoryClip['cause'] = 'equal_name') =>
  `${JSON.stringify({
    at: '2026-12-01T08:00:00.000+00:00',
    medium: '/cards/A001',
    path: `/cards/A001/${name}`,
    bytes: 5,
    mtime_ms: 1_700_000_000_000,
    seconds: 2,
    kind: 'prores_proxy mov',
    cause,
    reason: `It is ${cause}.`,
  })}\n`;

it('reads of a record what it had at first, whatever the runner appends meanwhile', async () => {
  await writeFile(folder.inventory, lineOf('a.mov').repeat(2000));
  let lines = 0;
  const { isWhole } = await readRecord(folder.inventory, () => {
    if (lines++ === 0) appendFileSync(folder.inventory, lineOf('b.mov').repeat(2000));
  });
  expect([lines, isWhole]).toEqual([2000, true]);
});

it('has what waits in pending/ beside the record, of which the younger line counts', async () => {
  await writeFile(folder.inventory, lineOf('a.mov') + lineOf('b.mov'));
  await writeFile(join(folder.pending, 'x.inventory'), lineOf('a.mov', 'unreadable'));
  const left = [...(await readInventory(folder)).leftOut()];
  expect(left.map(({ path, cause }) => [path.at(-5), cause])).toEqual([
    ['a', 'unreadable'],
    ['b', 'equal_name'],
  ]);
});

it('is full where more clips were found than are remembered, and says so', async () => {
  const { clips, lines } = INVENTORY_LIMITS;
  const text = Array.from({ length: clips + 1 }, (_, index) => lineOf(`${index}`));
  await writeFile(folder.inventory, text.slice(0, lines).join(''));
  const inventory = await readInventory(folder);
  expect([...inventory.clips]).toHaveLength(clips);
  expect(inventory.faults).toEqual([RECORD_IS_FULL]);
});

it('tells how many of the inventories that wait are not read, and which is the first', async () => {
  const { files } = INVENTORY_LIMITS;
  INVENTORY_LIMITS.files = 2;
  for (const name of ['a', 'b', 'c', 'd'])
    await writeFile(join(folder.pending, `${name}.inventory`), lineOf(`${name}.mov`));
  const { faults, clips } = await readInventory(folder);
  INVENTORY_LIMITS.files = files;
  expect([...clips]).toHaveLength(2);
  expect(faults).toEqual([
    `${folder.pending} holds too many inventories of media: 2 of 4 aren't read, from c.inventory on. Start a runner.`,
  ]);
});

it('tells what waits and can not be read, and has all else', async () => {
  await writeFile(join(folder.pending, 'a.inventory'), lineOf('a.mov'));
  await symlink('/etc/passwd', join(folder.pending, 'b.inventory'));
  await mkdir(join(folder.pending, 'c.inventory'));
  const socket = createServer().listen(join(folder.pending, 'd.inventory'));
  await once(socket, 'listening');
  const { faults, clips } = await readInventory(folder);
  expect([...clips]).toHaveLength(1);
  expect(faults).toEqual([
    expect.stringMatching(/b\.inventory can't be read: it is a symbolic link\. Move it away\.$/),
    expect.stringMatching(/c\.inventory can't be read: it is not a regular file/),
    expect.stringMatching(/d\.inventory can't be read: no such device or address/),
  ]);
  socket.close();
});

it('knows that a clip of the record is gone, and is there again, by what waits', async () => {
  const at = '2026-12-01T09:00:00.000+00:00';
  const gone = `${JSON.stringify({ at, gone: '/cards/A001/a.mov' })}\n`;
  await writeFile(folder.inventory, lineOf('a.mov') + lineOf('b.mov'));
  await writeFile(join(folder.pending, 'a.inventory'), gone);
  const left = async () =>
    [...(await readInventory(folder)).leftOut()].map(({ path }) => path.at(-5));
  expect(await left()).toEqual(['b']);
  await writeFile(join(folder.pending, 'b.inventory'), lineOf('a.mov'));
  expect(await left()).toEqual(['b', 'a']);
});
