import { randomUUID } from 'node:crypto';
import { lookTables, tableText, type LookPlan } from '@app/engines';
import { exists, mkdir, open, rename, rm } from '../files/index.ts';

/**
 * Writes the tables of a look that aren't there yet. Their names follow from what is in them, so one that is there is the same one;
 * they stay, for the command of each result names them. A table that somebody changes fails the clip's own proof.
 *
 * @throws the system's error.
 */
export async function writeTables(plan: LookPlan): Promise<void> {
  await mkdir(plan.look.tablesFolder, { recursive: true, mode: 0o700 });
  for (const { path, table } of lookTables(plan)) {
    if (await exists(path)) continue;
    const temporary = `${path}.${randomUUID()}.tmp`;
    try {
      await writePieces(temporary, tableText(table));
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  }
}

async function writePieces(path: string, pieces: Iterable<string>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    for (const piece of pieces) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}
