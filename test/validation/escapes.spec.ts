import { mkdir, rename, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { FfmpegEngine } from '../../apps/runner/src/ffmpeg/ffmpeg.engine.ts';
import { useClips } from '../support/clips.ts';
import { isRoot, NEEDS_ROOT } from '../support/root.ts';
import { runOnce } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { frames: 2 } });
const folder = useWatchFolder();

/** What an attacker may write: `A` is the allowed root, `V` the victim beside it, `W` this watch folder, `O` another one. */
type Attempt = [path: string, failure?: string];

const NOT_ALLOWED = 'PathNotAllowedError';
/** The contract refuses a step up; whoever looked at the path would refuse it too. */
const STEP_UP =
  'JobSpecValidationError|PathNotAllowedError|MissingSourcesError|OutputDirectoryError';

/** Links that lie in `A`, by name, and where they lead. */
const LINKS: Record<string, string> = {
  deep: 'A/a/b/c/d/e',
  out: 'V',
  relative: '../victim',
  chain: 'A/out',
  'chain-of-three': 'A/chain',
  up: '..',
  root: '/',
  dangling: 'A/nowhere',
  'loop-a': 'A/loop-b',
  'loop-b': 'A/loop-a',
  proc: '/proc/self/root',
  cwd: '/proc/self/cwd',
  pending: 'W/pending',
  own: 'W/.runner',
  here: '.',
};

/** More links than a system follows in one path; a part of it, made real, would leave fewer. */
const LOOPS = 'here/'.repeat(45);

/** Every one must be refused before anything is written. */
const OUTPUTS: Attempt[] = [
  // Steps up.
  ['A/deep/../../victim', STEP_UP],
  ['A/..', STEP_UP],
  ['A/../victim', STEP_UP],
  ['A/../A/../victim', STEP_UP],
  ['A/a/../../victim', STEP_UP],
  ['A/./../victim', STEP_UP],
  ['A//..//victim', STEP_UP],
  ['A/up/../victim', STEP_UP],
  ['A/nowhere/../../victim', STEP_UP],
  ['A/../', STEP_UP],
  // Links.
  ['A/out'],
  ['A/out/'],
  ['A/out/.'],
  ['A//out'],
  ['A/./out'],
  ['A/out/inner'],
  ['A/relative'],
  ['A/relative/inner/'],
  ['A/chain'],
  ['A/chain-of-three'],
  ['A/chain-of-three/inner'],
  ['A/up'],
  ['A/up/victim'],
  ['A/up/victim/inner'],
  ['A/root'],
  ['A/root/tmp'],
  ['A/proc/tmp'],
  ['A/cwd'],
  ['A/a/b/to-victim'],
  ['A/dangling', 'OutputDirectoryError'],
  ['A/loop-a', 'OutputDirectoryError'],
  ['A/loop-a/inner', 'OutputDirectoryError'],
  [`A/${LOOPS}out`, 'OutputDirectoryError'],
  [`A/${LOOPS}out/inner`, 'OutputDirectoryError'],
  [`A/${LOOPS}pending`, 'OutputDirectoryError'],
  [`A/${'/'.repeat(5000)}out`],
  [`A/${'./'.repeat(20_000)}out`, 'PathNotAllowedError|OutputDirectoryError'],
  [`A/${'a/'.repeat(400_000)}out`, 'OutputDirectoryError'],
  // Neighbours whose names begin alike, and case.
  ['V'],
  ['A-2'],
  ['A2'],
  ['AA'],
  ['/'],
  ['/tmp'],
  ['/proc/self/cwd'],
  ['/dev/shm'],
  // The own directories of watch folders.
  ['W/pending'],
  ['W/running'],
  ['W/completed'],
  ['W/failed'],
  ['W/.runner'],
  ['W/.runner/'],
  ['W/.runner/journals'],
  ['W/.runner/kept'],
  ['A/pending'],
  ['A/own'],
  ['A/own/journals'],
  ['O/pending'],
  ['O/completed'],
  ['O/completed/inner'],
  ['O/.runner'],
];

/** Sources that lead outside. */
const SOURCES: Attempt[] = [
  ['A/deep/../../a.mov', STEP_UP],
  ['A/media.mov'],
  ['A/media-link.mov'],
  ['A/folder/a.mov'],
  ['V/a.mov'],
  [`A/${LOOPS}media.mov`, 'MissingSourcesError'],
  [`A/${LOOPS}folder/a.mov`, 'MissingSourcesError'],
  [`A/${'/'.repeat(5000)}media.mov`],
  [`A/${'a/'.repeat(400_000)}media.mov`, 'MissingSourcesError'],
];

/** Only where no roots are set: what nothing but the own directories stops. */
const WITHOUT_ROOTS = OUTPUTS.filter(([path]) => /^[WO]\/|A\/(pending|own)/.test(path));

/** Makes the folders and links; the letters of a path become theirs. */
async function prepare() {
  const places = {
    A: folder().beside('A'),
    V: folder().beside('victim'),
    W: folder().root,
    O: folder().beside('other'),
  };
  const real = (path: string) =>
    path.replace(/^[AVWO](?=\/|$)/, (letter) => places[letter as keyof typeof places]);
  const base = dirname(places.A);
  for (const name of ['A/a/b/c/d/e', 'victim/inner', 'A-2', 'A2', 'AA'])
    await mkdir(join(base, name), { recursive: true });
  for (const name of ['.runner/lock', 'pending', 'completed/inner'])
    await mkdir(join(places.O, name), { recursive: true });
  for (const [name, target] of Object.entries(LINKS))
    await symlink(real(target), join(places.A, name));
  await symlink(places.V, join(places.A, 'a/b/to-victim'));
  await symlink(clips['a.mov'], join(places.A, 'media.mov'));
  await symlink('media.mov', join(places.A, 'media-link.mov'));
  await symlink(dirname(clips['a.mov']), join(places.A, 'folder'));
  return {
    places,
    base,
    real: (path: string) => (/^A[-2A]/.test(path) ? join(base, path) : real(path)),
  };
}

/** Everything below a folder, hidden files included. */
async function listing(path: string): Promise<string> {
  return (await execa('find', [path, '-xdev', '-type', 'f', '-not', '-path', '*/watch/*'])).stdout;
}

async function escaped(
  attempts: Attempt[],
  jobs: object[],
  roots: Partial<Parameters<typeof runOnce>[1]>,
) {
  const before = await listing(dirname(folder().root));
  for (const [index, fields] of jobs.entries()) {
    const naming_template = `escape-${index}`;
    await folder().dropJob(`${String(index).padStart(3, '0')}.json`, {
      naming_template,
      ...fields,
    });
  }
  await runOnce(folder(), roots);
  const archived = await folder().archived();
  expect(archived).toHaveLength(attempts.length);
  const verdicts = archived.map(({ result }) => `${result.final_status} ${result.failure_type}`);
  const others = attempts.filter(
    ([, failure = NOT_ALLOWED], index) =>
      !new RegExp(`^PARTIAL (${failure})$`).test(verdicts[index] ?? ''),
  );
  const written = (await listing(dirname(folder().root))) === before ? [] : ['a file was written'];
  return [
    ...others.map((attempt) => `${attempt[0]}: ${verdicts[attempts.indexOf(attempt)]}`),
    ...written,
  ];
}

describe('a JobSpec never leaves its roots', () => {
  it(`by any of ${OUTPUTS.length} output directories`, async () => {
    const { places, real } = await prepare();
    const jobs = OUTPUTS.map(([path]) => ({
      sources: [clips['a.mov']],
      output_directory: real(path),
    }));
    const own = OUTPUTS.filter(([path]) => /^[WO]\//.test(path)).length;
    expect(own).toBeGreaterThan(0);
    expect(await escaped(OUTPUTS, jobs, { allowOutputRoots: [places.A] })).toEqual([]);
  });

  it(`by any of ${SOURCES.length} sources`, async () => {
    const { places, real } = await prepare();
    const jobs = SOURCES.map(([path]) => ({ sources: [real(path)] }));
    expect(await escaped(SOURCES, jobs, { allowSourceRoots: [places.A] })).toEqual([]);
  });

  it(`into an own directory of a watch folder, by any of ${WITHOUT_ROOTS.length} paths, without any roots`, async () => {
    const { real } = await prepare();
    // The runner makes its own directories at its start.
    await runOnce(folder());
    const jobs = WITHOUT_ROOTS.map(([path]) => ({
      sources: [clips['a.mov']],
      output_directory: real(path),
    }));
    expect(await escaped(WITHOUT_ROOTS, jobs, {})).toEqual([]);
  });

  it.runIf(isRoot)(`through a mount of its own directory${NEEDS_ROOT}`, async () => {
    const mounted = folder().beside('mounted');
    await mkdir(mounted);
    await execa('mount', ['--bind', folder().path('completed'), mounted]);
    try {
      await folder().dropJob('a.json', { sources: [clips['a.mov']], output_directory: mounted });
      await runOnce(folder());
    } finally {
      await execa('umount', ['-l', mounted]);
    }
    expect(await folder().result('a.json')).toMatchObject({ failure_type: NOT_ALLOWED });
  });
});

describe('a directory that is put in the place of another one', () => {
  it('while the clip is made fails it, and nothing gets its final name elsewhere', async () => {
    const { places } = await prepare();
    const output = join(places.A, 'a');
    const sources = [clips['a.mov']];
    await folder().dropJob('a.json', { sources, output_directory: output, naming_template: 'x' });
    const making = vi.spyOn(FfmpegEngine.prototype, 'make');
    onTestFinished(() => making.mockRestore());
    making.mockImplementationOnce(async function (this: FfmpegEngine, ...clip) {
      const outcome = await this.make(...clip);
      await rename(output, `${output}-moved`);
      await symlink(places.V, output);
      return outcome;
    });
    await runOnce(folder(), { allowOutputRoots: [places.A] });
    const result = await folder().result('a.json');
    expect(result.final_status).toBe('FAILED');
    expect(result.failure_type).toBe('OutputDirectoryError');
    expect(await listing(places.V)).toBe('');
  });
});

it('paths through links are used in their real form, and named as the JobSpec has them', async () => {
  const link = folder().beside('link');
  await symlink(folder().output, link);
  const source = folder().beside('linked.mov');
  await symlink(clips['a.mov'], source);
  await folder().dropJob('a.json', { sources: [source], output_directory: link });
  await runOnce(folder());
  const { clips: made } = await folder().result('a.json');
  expect(made[0]).toMatchObject({
    status: 'COMPLETED',
    source_path: source,
    resolved_output_path: join(folder().output, 'linked_proxy.mov'),
  });
  expect(made[0]?.ffmpeg_command).toContain(`file:${clips['a.mov']}`);
});
