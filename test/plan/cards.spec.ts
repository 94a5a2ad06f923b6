import { readdir } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CARD_TREES, cardMaker } from '../support/card-trees.ts';
import { cli } from '../support/cli.ts';
import { StandInResolve } from '../support/resolve.ts';
import { GATE, NIGHT } from '../support/night.ts';
import { planned, sourcesFor, type PlanReport } from '../support/plan.ts';
import { useSharedWatchFolder, useWatchFolder } from '../support/watch-folder.ts';

const folder = useSharedWatchFolder();
const NAMES = Object.keys(CARD_TREES);
const card = (name: string) => folder().beside(`cards/${name}`);
/** Every clip of the cards, and the engine that makes its proxy. */
const CLIPS = NAMES.flatMap((name) => {
  const { ffmpeg = [], resolve = [] } = CARD_TREES[name] ?? {};
  return [
    ...ffmpeg.map((clip) => ({ name, clip, engine: 'ffmpeg' })),
    ...resolve.map((clip) => ({ name, clip, engine: 'resolve' })),
  ];
});
const proxyOf = (output: string, name: string, clip: string) =>
  join(output, name, dirname(clip), `${parse(clip).name}.mov`);
let report: PlanReport;
let resolve: StandInResolve;

beforeAll(async () => {
  resolve = await StandInResolve.create();
  const make = await cardMaker(folder().beside('media'));
  for (const name of NAMES) await make(name, card(name));
  const args = [...NAMES.map(card), '--output', folder().output, '--codec', 'prores_proxy'];
  ({ report } = await planned(args));
});
afterAll(() => resolve.remove());

describe.each(NAMES)('a card of %s', (name) => {
  const { ffmpeg = [], resolve = [] } = CARD_TREES[name] ?? {};
  const inCard = (paths: readonly string[]) =>
    paths.filter((path) => path.startsWith(`${card(name)}/`));

  it('is known, and each clip is in a job for its engine', () => {
    expect(report.cards).toContainEqual({
      medium: card(name),
      card: name,
      clips: ffmpeg.length + resolve.length,
    });
    const wanted = (paths: readonly string[]) => paths.map((path) => join(card(name), path));
    expect(inCard(sourcesFor(report, 'ffmpeg'))).toEqual(wanted(ffmpeg));
    expect(inCard(sourcesFor(report, 'resolve'))).toEqual(wanted(resolve));
  });

  it('is mirrored below the output', () => {
    const outputs = report.jobs.flatMap((job) => job.outputs);
    for (const clip of [...ffmpeg, ...resolve])
      expect(outputs).toContain(proxyOf(folder().output, name, clip));
  });
});

describe('the plan of all cards', () => {
  it('counts what is left out by kind, and refuses nothing', () => {
    const counts = Object.fromEntries(report.left_out.map(({ kind, count }) => [kind, count]));
    expect(counts).toEqual({
      proxy: 10,
      thumbnail: 5,
      part: 1,
      sound: 3,
      still: 3,
      settings: 2,
      index: 13,
    });
    expect(report.problems).toEqual([]);
  });
});

/** For both engines, in parts, and with stills beside them. */
const OFTEN = new Set(['Canon', 'GoPro', 'Nikon']);
describe.each([
  ['some', GATE, NAMES.filter((name) => OFTEN.has(name))],
  ['others', NIGHT, NAMES.filter((name) => !OFTEN.has(name))],
] as const)('cards, %s, submitted and run', (_, when, names) => {
  const own = useWatchFolder();
  const submit = () => {
    const { output, root } = own();
    const flags = ['--output', output, '--codec', 'prores_proxy', '--submit', root];
    return planned([...names.map(card), ...flags]);
  };
  const ofThem = CLIPS.filter(({ name }) => names.includes(name));

  it(
    'have every proxy in its mirrored place and nothing else, and planning again adds nothing',
    when,
    async () => {
      const first = await submit();
      expect(first.exitCode).toBe(0);
      expect(new Set(first.report.jobs.map(({ state }) => state))).toEqual(new Set(['submitted']));
      const waiting = await submit();
      expect(waiting.report).toMatchObject({ jobs: [], already_submitted: ofThem.length });

      const args = [own().root, '--once', '--max-workers', '2', '--poll-seconds', '0.05'];
      const run = await cli([...args, '--settle-seconds', '0.1'], { env: resolve.env });
      const count = first.report.jobs.length;
      expect(run.stderr + run.stdout).toContain(
        `${count} jobs: ${count} done, 0 failed, 0 rejected`,
      );
      const made = await readdir(own().output, { recursive: true, withFileTypes: true });
      const proxies = made.filter((entry) => entry.isFile());
      expect(proxies.map(({ parentPath, name }) => join(parentPath, name)).toSorted()).toEqual(
        ofThem.map(({ name, clip }) => proxyOf(own().output, name, clip)).toSorted(),
      );
      const engines = (await own().archived()).flatMap(({ result }) =>
        result.clips.map(({ source_path }) => [source_path, result.execution_engine]),
      );
      expect(Object.fromEntries(engines)).toEqual(
        Object.fromEntries(
          ofThem.map(({ name, clip, engine }) => [join(card(name), clip), engine]),
        ),
      );

      const again = await submit();
      expect(again.exitCode).toBe(0);
      expect(again.report).toMatchObject({ jobs: [], already_made: ofThem.length });
      expect(await own().names('pending')).toEqual([]);
    },
  );
});
