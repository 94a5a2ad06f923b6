import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { noteNow, readNote, writeNote } from './lock-note.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lock-note-'));
});
afterEach(() => rmSync(root, { recursive: true }));

it('is there at any moment, the old one or the new one', async () => {
  await using file = await open(join(root, 'lock'), 'w+');
  const [before, after] = [
    noteNow('unfinished', 'render_start_and_wait'),
    noteNow('hung', 'queue'),
  ];
  await writeNote(file, before);
  expect(await readNote(file)).toEqual(before);
  // As if the runner was ended behind each single step.
  const steps: unknown[] = [];
  const watched = new Proxy(file, {
    get: (target, name) =>
      name === 'write' || name === 'truncate'
        ? async (...args: [never, never]) => {
            await target[name](...args);
            steps.push(await readNote(file));
          }
        : Reflect.get(target, name),
  });
  await writeNote(watched, after);
  expect(steps.length).toBeGreaterThan(0);
  for (const step of steps) expect(step).toEqual(after);
  await writeNote(file, null);
  expect(await readNote(file)).toBeNull();
});

it.each(['hung', '2026-11-26T10:00:00.000Z hung queue', `${'x'.repeat(200)}\n`])(
  'counts what is not exactly a note as none: %j',
  async (text) => {
    await using file = await open(join(root, 'lock'), 'w+');
    await file.write(text);
    expect(await readNote(file)).toBeNull();
  },
);
