import { beforeAll, describe, expect, it } from 'vitest';
import { makeStandInMedia } from '../support/stand-in-media.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { COLUMNS, OPTION_COLUMNS } from './columns.ts';
import { install, measureInMachine } from './machine.ts';
import { MAIN_KINDS, OPTION_KINDS } from './shares.ts';

const seed = Number(process.env['STORAGE_SEED'] ?? 1);
const folder = useTemporaryFolder();

beforeAll(async () => {
  await install();
  await makeStandInMedia(folder.path);
});

describe.concurrent.each([
  { kinds: MAIN_KINDS, rounds: COLUMNS },
  { kinds: OPTION_KINDS, rounds: OPTION_COLUMNS },
])('of $rounds.length guarantees, each holds or is refused', ({ kinds, rounds }) => {
  it.each(kinds)('on $name', async ({ name }) => {
    const { cells } = await measureInMachine(folder.path, { kind: name, rounds, seed });
    // A row for docs/support.md.
    console.log(`| ${[name, ...rounds.map((round) => cells[round])].join(' | ')} |`);
    expect(Object.values(cells).filter((cell) => cell.startsWith('BROKEN'))).toEqual([]);
  });
});

it.concurrent.each(['NFS 4.2', 'SMB 3.1.1'])(
  '50 kills of runner and server on %s lose nothing, do nothing twice and leave nothing untrue',
  async (kind) => {
    const { problems } = await measureInMachine(folder.path, { kind, rounds: ['kills'], seed });
    expect(problems).toEqual([]);
  },
);
