// Runs in the machine, as root, and measures one kind of file system; what it finds lies in /back.
import { readFile, writeFile } from 'node:fs/promises';
import { kill, PARTS } from './kills.ts';
import type { Found } from './machine.ts';
import { ROUNDS, type Round } from './rounds.ts';
import { KINDS, Share } from './shares.ts';

/** Request of the night. */
interface Wanted {
  /** Name of a kind. */
  kind: string;
  /** Names of rounds; `kills` is one. */
  rounds: readonly string[];
  seed: number;
}

async function measure(round: Round, share: Share): Promise<string> {
  try {
    return await round.measure(share);
  } catch (error) {
    return `BROKEN: ${error instanceof Error ? error.message : String(error)}`;
  }
}

const wanted = JSON.parse(await readFile('/back/wanted.json', 'utf8')) as Wanted;
const kind = KINDS.find(({ name }) => name === wanted.kind);
if (kind === undefined) throw new Error(`there is no ${wanted.kind}`);
const share = await Share.mount(kind);
/** What an earlier start has found, if its machine ended before the program. */
const found = await readFile('/back/found.json', 'utf8').then(
  (text) => JSON.parse(text) as Found,
  (): Found => ({ cells: {}, problems: [], parts: 0 }),
);
const keep = () => writeFile('/back/found.json', JSON.stringify(found));
for (const round of ROUNDS.filter(({ name }) => wanted.rounds.includes(name))) {
  if (found.cells[round.name] !== undefined) continue;
  const started = performance.now();
  const cell = await measure(round, share);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${kind.name}: ${round.name}: ${cell} (${seconds} s)`);
  found.cells[round.name] = cell.split('\n', 1)[0] ?? '';
  await keep();
}
while (wanted.rounds.includes('kills') && found.parts < PARTS) {
  found.problems.push(...(await kill(share, wanted.seed, found.parts)));
  found.parts++;
  await keep();
}
await share.unmount();
