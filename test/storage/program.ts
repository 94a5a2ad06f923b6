// Runs in the machine, as root, and says what it finds; what it measured lies in /back.
import { readFile, writeFile } from 'node:fs/promises';
import { MAIN_KINDS, OPTION_KINDS, Share, type Kind } from './shares.ts';
import { ROUNDS, type Round } from './rounds.ts';

/** `rounds`, `kills`, or both; `kind:` and `round:` with a regular expression leave out those whose names it doesn't match. */
const wanted = (await readFile('/back/wanted', 'utf8')).split(',');
const isWanted = (what: string, name: string) => {
  const texts = wanted
    .filter((word) => word.startsWith(`${what}:`))
    .map((word) => word.slice(what.length + 1));
  return texts.length === 0 || texts.some((text) => new RegExp(text).test(name));
};

async function measure(round: Round, share: Share): Promise<string> {
  try {
    return await round.measure(share);
  } catch (error) {
    return `BROKEN: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Measures, and writes a table as Markdown has it. */
async function tableOf(kinds: readonly Kind[], rounds: readonly Round[]): Promise<string[]> {
  const lines = [
    ['', ...rounds.map(({ name }) => name)],
    ['---', ...rounds.map(() => '---')],
  ];
  for (const kind of kinds.filter(({ name }) => isWanted('kind', name))) {
    const share = await Share.mount(kind);
    const cells = [kind.name];
    for (const round of rounds) {
      const started = performance.now();
      const cell = await measure(round, share);
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      console.log(`${kind.name}: ${round.name}: ${cell} (${seconds} s)`);
      cells.push(cell.split('\n', 1)[0] ?? '');
    }
    await share.unmount();
    lines.push(cells);
  }
  return lines.map((cells) => `| ${cells.join(' | ')} |`);
}

const rounds = ROUNDS.filter(({ name }) => isWanted('round', name));
if (wanted.includes('rounds')) {
  const tables = [
    ...(await tableOf(MAIN_KINDS, rounds)),
    '',
    ...(await tableOf(
      OPTION_KINDS,
      rounds.filter(({ isOfOptions }) => isOfOptions),
    )),
  ];
  await writeFile('/back/table.md', `${tables.join('\n')}\n`);
}
