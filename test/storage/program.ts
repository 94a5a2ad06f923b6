// Runs in the machine, as root, and measures one kind of file system; what it finds lies in /back.
import { readFile, writeFile } from 'node:fs/promises';
import { killCampaign } from './kills.ts';
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
const cells: Record<string, string> = {};
for (const round of ROUNDS.filter(({ name }) => wanted.rounds.includes(name))) {
  const started = performance.now();
  const cell = await measure(round, share);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${kind.name}: ${round.name}: ${cell} (${seconds} s)`);
  cells[round.name] = cell.split('\n', 1)[0] ?? '';
}
const problems = wanted.rounds.includes('kills') ? await killCampaign(share, wanted.seed) : [];
await share.unmount();
await writeFile('/back/found.json', JSON.stringify({ cells, problems }));
