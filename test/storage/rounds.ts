import {
  copyFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  statfs,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { digestOf, Ledger } from '../crash/ledger.ts';
import { JobFolder } from '../support/job-folder.ts';
import { madeEngine, PROXY, SOURCE } from './programs.ts';
import { Runner, until } from './runner.ts';
import { restartServers, type Share } from './shares.ts';

/** One guarantee, measured on a file system. */
export interface Round {
  name: string;
  /** @returns what held, in a few words that are the same each time. @throws what did not. */
  measure: (share: Share) => Promise<string>;
}

const NOT_HERE = '–';
const STARTED = / works on /;

let count = 0;

/** A watch folder of its own on a share, as client a sees it. */
async function folderOn(share: Share): Promise<JobFolder> {
  const base = join(share.places.a, `round-${++count}`);
  await mkdir(base);
  return JobFolder.create(base);
}

/** The same place as client b, or the server, sees it. */
const asB = (share: Share, path: string) => path.replace(share.places.a, share.places.b);
/** Options of client b, whose own mount takes the place of client a's. */
const onB = ({ places, isRemote }: Share) => ({
  host: 'b',
  ...(isRemote && { shown: { folder: places.b, at: places.a } }),
});
const onServer = (share: Share, path: string) => path.replace(share.places.a, share.onServer);

const jobs = (number: number) => Array.from({ length: number }, (_, index) => `job-${index}`);

async function submit(folder: JobFolder, ids: readonly string[]) {
  for (const id of ids) await folder.submit(`${id}.json`, [SOURCE], { job_id: id });
}

/** Works a folder off. @returns the exit code. */
async function workOff(folder: JobFolder, programs?: string, prefix: readonly string[] = []) {
  const runner = Runner.on(folder.root, { host: 'a', args: ['--once'], programs, prefix });
  return { code: await runner.exit(), log: runner.log };
}

/** Waits until a runner that goes on has archived a job, the last of which is that it removes the journal. */
async function isArchived(runner: Runner, folder: JobFolder, id: string) {
  await runner.says(new RegExp(`${id}.json" COMPLETED`));
  await until(
    async () => !(await readdir(folder.path('.runner', 'journals'))).includes(`${id}.json`),
    900,
    () => runner.log,
  );
}

/** @throws when a folder doesn't hold a completed pair of each job, and nothing else. */
async function allCompleted(folder: JobFolder, ids: readonly string[]) {
  const results = await folder.results();
  const ends = results
    .map((job) => [job.job_id, job.final_status, job.failure_reason].filter(Boolean).join(' '))
    .sort();
  const expected = ids.map((id) => `${id} COMPLETED`).sort();
  if (ends.join() !== expected.join()) throw new Error(`ended: ${ends.join(', ')}`);
  for (const { clips } of results)
    for (const clip of clips)
      if ((await stat(clip.resolved_output_path)).size === 0) throw new Error('an empty proxy');
}

async function ledgerOf(folder: JobFolder, ids: readonly string[], log: string): Promise<Ledger> {
  const ledger = new Ledger(folder, await digestOf(PROXY), new Map(), log);
  for (const id of ids) ledger.submitted.add(id);
  return ledger;
}

/** A whole job with the real FFmpeg. */
async function wholeJob(share: Share): Promise<string> {
  const folder = await folderOn(share);
  await submit(folder, ['real']);
  const { code, log } = await workOff(folder);
  if (code === 4) return refused(log);
  if (code !== 0) throw new Error(log);
  await allCompleted(folder, ['real']);
  return 'held';
}

/** A folder that the runner doesn't take, with its sentence in the log. */
function refused(log: string): string {
  console.log(log.trim().split('\n').at(-1));
  return 'refused';
}

/** A second runner on another client, and one that takes the folder after the first was killed. */
async function lock(share: Share): Promise<string> {
  const folder = await folderOn(share);
  for (let round = 0; round < 2; round++) {
    const runner = Runner.on(folder.root, { host: 'a' });
    await Promise.race([runner.says(STARTED), runner.exit()]);
    if (!runner.isRunning) return refused(runner.log);
    const other = Runner.on(folder.root, { ...onB(share), args: ['--once'] });
    const code = await other.exit();
    await pause(1500);
    const goesOn = runner.isRunning;
    await runner.kill();
    if (code === 0) throw new Error(goesOn ? 'both have it' : 'the second takes it from the first');
    if (code !== 3 || !goesOn) return refused(other.log);
    const next = Runner.on(folder.root, { ...onB(share), args: ['--once'] });
    if ((await next.exit()) !== 0) throw new Error(`a killed runner keeps it: ${next.log}`);
  }
  return 'held (2)';
}

/** Two runners start at the same moment, one on each client: one of them keeps the folder. */
async function together(share: Share): Promise<string> {
  for (let round = 0; round < 2; round++) {
    const folder = await folderOn(share);
    const runners = [Runner.on(folder.root, { host: 'a' }), Runner.on(folder.root, onB(share))];
    const running = () => runners.filter(({ isRunning }) => isRunning);
    const logs = () => runners.map(({ log }) => log).join('---\n');
    try {
      await until(() => running().length < runners.length, 900, logs);
      const [kept] = running();
      if (kept !== undefined) await Promise.race([kept.says(STARTED), kept.exit()]);
      if (kept?.isRunning === true) continue;
      if (/takes no locks/.test(logs())) return refused(logs());
      throw new Error(`neither stays: ${logs()}`);
    } finally {
      for (const runner of running()) await runner.kill();
    }
  }
  return 'held (2)';
}

const RACES = 60;

/** Action of one of two clients with each of these names. */
const CONTESTANT = `
const { renameSync, linkSync, openSync, writeFileSync, existsSync } = require('node:fs');
const [act, place, who, count] = process.argv.slice(1);
const won = [];
writeFileSync('/tmp/ready-' + who, '');
while (!existsSync('/tmp/go'));
for (let name = 0; name < count; name++)
  try {
    if (act === 'rename') renameSync(place + '/from/' + name, place + '/to/' + name);
    if (act === 'link') linkSync(place + '/' + who, place + '/to/' + name);
    if (act === 'create') openSync(place + '/to/' + name, 'wx');
    won.push(name);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(error.code)) { console.log(error.code); process.exit(); }
  }
console.log(JSON.stringify(won));
`;

/**
 * Both clients do the same with the same names at the same time: one of them should get each. For claims by rename nobody relies on
 * that: a folder has one runner, and farms rename so that nothing is replaced.
 */
async function race(share: Share, act: 'rename' | 'link' | 'create'): Promise<string> {
  const place = join(share.places.a, `race-${++count}`);
  await mkdir(join(place, 'from'), { recursive: true });
  await mkdir(join(place, 'to'));
  for (const name of ['a', 'b']) await writeFile(join(place, name), name);
  if (act === 'rename')
    for (let name = 0; name < RACES; name++) await writeFile(join(place, `from/${name}`), 'job');
  await execa('rm', ['-f', '/tmp/go', '/tmp/ready-a', '/tmp/ready-b']);
  const runs = (['a', 'b'] as const).map((who) =>
    execa('node', [
      '-e',
      CONTESTANT,
      act,
      who === 'a' ? place : asB(share, place),
      who,
      String(RACES),
    ]),
  );
  await until(
    async () => (await readdir('/tmp')).filter((it) => it.startsWith('ready-')).length === 2,
  );
  await writeFile('/tmp/go', '');
  const said = (await Promise.all(runs)).map(({ stdout }) => stdout);
  const code = said.find((text) => !text.startsWith('['));
  if (code !== undefined) return code;
  const winners = said.flatMap((text) => JSON.parse(text) as number[]);
  const twice = winners.length - new Set(winners).size;
  const nobody = RACES - new Set(winners).size;
  if (nobody > 0) throw new Error(`${nobody} of ${RACES} by nobody`);
  return twice === 0 ? `held (${RACES})` : `weaker: ${twice} of ${RACES} by both`;
}

/** By link where there are links; else by a reservation, of which the other client may see an empty file. Here nothing may be weaker. */
async function publish(share: Share): Promise<string> {
  const linked = await race(share, 'link');
  const created = await race(share, 'create');
  for (const cell of [linked, created]) if (cell.startsWith('weaker')) throw new Error(cell);
  return linked.startsWith('held') ? linked : `by reservation: ${created}`;
}

/** Names that the other client sees in the output directory while a proxy is made and gets its name. */
async function staging(share: Share): Promise<string> {
  const folder = await folderOn(share);
  const signal = `/tmp/until-${count}`;
  const programs = await madeEngine({ STAND_IN_UNTIL: signal });
  await submit(folder, ['hidden']);
  const runner = Runner.on(folder.root, { host: 'a', args: ['--once'], programs });
  const size = (await stat(PROXY)).size;
  const output = asB(share, folder.output);
  const partial = new Set<string>();
  let hidden = 0;
  while (runner.isRunning) {
    for (const name of await readdir(output)) {
      if (name.startsWith('.')) hidden++;
      else if ((await stat(join(output, name)).catch(() => ({ size }))).size !== size)
        partial.add(name);
    }
    if (hidden === 5) await writeFile(signal, '');
    await pause(20);
  }
  if ((await runner.exit()) !== 0) return refused(runner.log);
  if (hidden === 0) throw new Error('the staging file was never seen');
  return partial.size === 0 ? 'held' : 'empty for a moment';
}

/** Contents of the disk once a job is archived, without the system's caches, and the verdict of a runner that restarts on them. */
async function powerCut(share: Share): Promise<string> {
  const folder = await folderOn(share);
  const programs = await madeEngine();
  const runner = Runner.on(folder.root, { host: 'a', programs });
  await Promise.race([runner.says(STARTED), runner.exit()]);
  if (!runner.isRunning) return refused(runner.log);
  const cut = '/srv/disks/cut';
  const image = `${cut}.image`;
  await mkdir(cut, { recursive: true });
  const undone: string[] = [];
  try {
    for (const [index, id] of jobs(3).entries()) {
      await submit(folder, [id]);
      await isArchived(runner, folder, id);
      await execa('cp', ['--sparse=always', share.image, image]);
      await share.mountImage(image, cut);
      try {
        const after = await JobFolder.create(dirname(folder.root).replace(share.places.a, cut));
        const wasThere = (await after.names('completed')).includes(`${id}.result.json`);
        const shown = { folder: cut, at: share.places.a };
        const next = Runner.on(folder.root, { host: 'a', args: ['--once'], programs, shown });
        await next.exit();
        await isTruthful(after, jobs(index + 1), next.log);
        if (!wasThere) undone.push(id);
        else if ((await after.result(`${id}.json`)).final_status !== 'COMPLETED')
          throw new Error(`${id} was decided again`);
      } finally {
        await execa('umount', [cut]);
      }
    }
  } finally {
    await runner.kill();
    await rm(image, { force: true });
  }
  if (undone.length > 0) return `weaker: the last moves of ${undone.length} of 3 are undone`;
  return /can't sync directories/.test(runner.log)
    ? 'names only as its system makes them'
    : 'held (3)';
}

/** @throws when a job isn't archived, or a proxy isn't what its result says. */
async function isTruthful(folder: JobFolder, ids: readonly string[], log: string) {
  const results = await folder.results();
  const ends = results.map(({ job_id, failure_type }) => `${job_id} ${failure_type ?? 'whole'}`);
  const mayBe = (id: string) => [`${id} whole`, `${id} RunnerInterrupted`];
  const all = ids.map((id) => ends.find((end) => mayBe(id).includes(end)));
  if (ends.length !== ids.length || all.includes(undefined))
    throw new Error(`after a power cut: ${ends.join(', ')}\n${log}`);
  const listed = results.flatMap(({ clips }) =>
    clips.map((clip) => basename(clip.resolved_output_path)),
  );
  const proxies = (await folder.names('output')).filter((name) => !name.startsWith('.'));
  if (proxies.join() !== listed.sort().join())
    throw new Error(`after a power cut there are ${proxies.join(', ')}\n${log}`);
  for (const name of proxies)
    if ((await digestOf(join(folder.output, name))) !== (await digestOf(PROXY)))
      throw new Error(`${name} is not whole after a power cut`);
}

/** The server ends without a word while jobs are made, and comes back. */
async function serverRestarts(share: Share): Promise<string> {
  if (!share.isRemote) return NOT_HERE;
  const folder = await folderOn(share);
  const log = `/tmp/encoder-${count}.log`;
  const programs = await madeEngine({ STAND_IN_SECONDS: '0.3', STAND_IN_LOG: log });
  const ids = jobs(6);
  await submit(folder, ids);
  const runner = Runner.on(folder.root, {
    host: 'a',
    args: ['--once', '--max-workers', '2'],
    programs,
  });
  for (const done of [1, 3]) {
    await until(
      async () =>
        !runner.isRunning ||
        (await readdir(onServer(share, folder.path('completed'))).catch(() => [])).length / 2 >=
          done,
    );
    if (!runner.isRunning) break;
    await restartServers();
  }
  const code = await runner.exit();
  const problems = await (await ledgerOf(folder, ids, log)).problemsAtRest();
  if (problems.length > 0) throw new Error(`${problems.join('; ')}\n${runner.log}`);
  const failed = (await folder.archived()).filter(({ state }) => state === 'failed');
  for (const { result } of failed) console.log(`${result.job_id}: ${result.failure_reason}`);
  // A client of SMB loses the files that were open; the result says so, and nothing else may come of it.
  if (share.kind.type === 'cifs' && failed.length > 0)
    return `weaker: ${failed.length} of ${ids.length} jobs failed`;
  await allCompleted(folder, ids);
  return code === 0 ? 'held (2)' : `exit code ${code}`;
}

/** A client whose cable is out for a while, with a runner that makes a job; meanwhile a runner starts on the other. */
async function cutOff(share: Share): Promise<string> {
  if (!share.isRemote) return NOT_HERE;
  const folder = await folderOn(share);
  const log = `/tmp/encoder-${count}.log`;
  const signal = `/tmp/until-${count}`;
  const programs = await madeEngine({ STAND_IN_UNTIL: signal, STAND_IN_LOG: log });
  const ids = jobs(4);
  await submit(folder, ids);
  const away = Runner.on(folder.root, { host: 'a', programs });
  const output = onServer(share, folder.output);
  await until(async () => !away.isRunning || (await readdir(output)).length > 0);
  if (!away.isRunning) return refused(away.log);
  await share.connect('a', false);
  await pause(CUT_OFF_SECONDS * 1000);
  const other = Runner.on(folder.root, { ...onB(share), programs });
  await Promise.race([other.says(STARTED), other.exit()]);
  const tookOver = other.isRunning;
  await writeFile(signal, '');
  await share.connect('a', true);
  const state = (name: string) => readdir(onServer(share, join(folder.root, name)));
  await until(async () => [...(await state('pending')), ...(await state('running'))].length === 0);
  if (tookOver)
    await until(
      () => !away.isRunning,
      900,
      () => `both have it: ${away.log}---\n${other.log}`,
    );
  for (const runner of [away, other]) await runner.kill();
  await workOff(folder, programs);
  const problems = await (await ledgerOf(folder, ids, log)).problemsAtRest();
  if (problems.length > 0)
    throw new Error(`${problems.join('; ')}\n${away.log}\n---\n${other.log}`);
  return tookOver ? 'the second took it, the first ended' : 'the first kept it';
}

const CUT_OFF_SECONDS = 20;

/** The watch folder comes back from a copy, on the server, under a runner that holds files of the first one open. */
async function stale(share: Share): Promise<string> {
  const folder = await folderOn(share);
  const programs = await madeEngine();
  await workOff(folder, programs);
  const root = onServer(share, folder.root);
  await execa('cp', ['-a', root, `${root}-copy`]);
  const runner = Runner.on(folder.root, { host: 'a', programs });
  await Promise.race([runner.says(STARTED), runner.exit()]);
  if (!runner.isRunning) return refused(runner.log);
  // The runner writes its status meanwhile.
  await until(
    () =>
      execa('rm', ['-rf', root]).then(
        () => true,
        () => false,
      ),
    60,
  );
  await pause(1000);
  await rename(`${root}-copy`, root);
  const spec = JSON.stringify(folder.spec([SOURCE], { job_id: 'after' }));
  await writeFile(join(root, 'pending/.after'), spec);
  await rename(join(root, 'pending/.after'), join(root, 'pending/after.json'));
  try {
    await runner.says(/after.json" COMPLETED/);
    return 'held';
  } finally {
    await runner.kill();
  }
}

/** Bytes that may be written until so little is free that a runner waits. */
async function roomOn(share: Share): Promise<number> {
  const { bsize, bavail } = await statfs(share.onServer);
  return bsize * bavail - 8_000_000;
}

/** The disk of the share is full when a job comes, and has room again later. */
async function full(share: Share): Promise<string> {
  const folder = await folderOn(share);
  const programs = await madeEngine();
  const filler = join(share.onServer, 'filler');
  const runner = Runner.on(folder.root, { host: 'a', programs });
  await Promise.race([runner.says(STARTED), runner.exit()]);
  if (!runner.isRunning) return refused(runner.log);
  try {
    // Some file systems find more room than they had told.
    for (let room = await roomOn(share); room > 0; room = await roomOn(share))
      await execa('sh', ['-c', `head -c ${room} /dev/zero >>${filler}; sync -f ${filler}`]);
    await submit(folder, ['waits']);
    await runner.says(/no space|no room|full/i);
    await pause(1500);
    if (!(await folder.names('pending')).includes('waits.json')) throw new Error('it did not wait');
    await rm(filler);
    await runner.says(/waits.json" COMPLETED/);
    return 'held';
  } finally {
    await rm(filler, { force: true });
    await runner.kill();
  }
}

/** What the NFS server lets its clients do from now on. */
async function exportAs(options: string): Promise<void> {
  const all = `${options},fsid=0,insecure,no_subtree_check`;
  await execa('exportfs', ['-o', all, '*:/srv/export']);
  await execa('exportfs', ['-f']);
}

/** The server doesn't let anybody write any more, for a while. */
async function readOnly(share: Share): Promise<string> {
  if (share.kind.type !== 'nfs') return NOT_HERE;
  const folder = await folderOn(share);
  const programs = await madeEngine();
  const runner = Runner.on(folder.root, { host: 'a', programs });
  await Promise.race([runner.says(STARTED), runner.exit()]);
  if (!runner.isRunning) return refused(runner.log);
  try {
    await exportAs('ro,no_root_squash');
    const spec = JSON.stringify(folder.spec([SOURCE], { job_id: 'later' }));
    await writeFile(onServer(share, folder.path('pending', 'later.json')), spec);
    await runner.says(/read-only|Read-only/i);
    await exportAs('rw,no_root_squash');
    await isArchived(runner, folder, 'later');
    await allCompleted(folder, ['later']);
    return 'held';
  } finally {
    await exportAs('rw,no_root_squash');
    await runner.kill();
  }
}

/** User on the server whose quota is measured: root has none. */
const OWNER = '1000';

/** The quota of the files' owner is used up when a job comes, and is taken away later. */
async function quota(share: Share): Promise<string> {
  if (share.kind.type !== 'nfs') return NOT_HERE;
  const folder = await folderOn(share);
  const programs = await madeEngine();
  const own = onServer(share, dirname(folder.root));
  const take = () => execa('chown', ['-R', `${OWNER}:${OWNER}`, own]);
  const limit = (blocks: string) =>
    execa('setquota', ['-u', OWNER, '0', blocks, '0', '0', '/srv/export']);
  await exportAs(`rw,all_squash,anonuid=${OWNER},anongid=${OWNER}`);
  await take();
  const runner = Runner.on(folder.root, { host: 'a', programs });
  try {
    await Promise.race([runner.says(STARTED), runner.exit()]);
    if (!runner.isRunning) return refused(runner.log);
    await limit('1');
    const spec = JSON.stringify(folder.spec([SOURCE], { job_id: 'waits' }));
    await writeFile(onServer(share, folder.path('pending', 'waits.json')), spec);
    await take();
    await runner.says(/waits.json" waits: No space left/);
    await limit('0');
    await isArchived(runner, folder, 'waits');
    await allCompleted(folder, ['waits']);
    return 'held';
  } finally {
    await limit('0');
    await exportAs('rw,no_root_squash');
    await runner.kill();
  }
}

/** The clock of the client is an hour before that of the server, and an hour after it. */
async function clock(share: Share): Promise<string> {
  for (const offset of ['+1h', '-1h']) {
    const folder = await folderOn(share);
    await submit(folder, ['clock']);
    await folder.drop('half.json', '{"job_id":"half"');
    const { log } = await workOff(folder, await madeEngine(), ['faketime', '-f', offset]);
    if (/cannot be used/.test(log)) return refused(log);
    const ends = (await folder.archived()).map(
      ({ name, result }) => `${name} ${result.failure_type}`,
    );
    if (ends.join() !== 'clock.json null,half.json InvalidJsonError')
      throw new Error(`${ends.join()}: ${log}`);
  }
  return 'held (2)';
}

const NAMES: Readonly<Record<string, string>> = {
  NFC: 'caf\u00e9',
  NFD: 'cafe\u0301',
  capitals: 'TAKE',
  'small letters': 'take',
  'trailing dot': 'day.',
  'trailing space': 'day ',
  emoji: '🎬 take',
  colon: 'a:b',
  '240 bytes': 'x'.repeat(240),
};

/** A folder of each name holds a source, and takes its proxy; the job has the name, too. */
async function names(share: Share): Promise<string> {
  const folder = await folderOn(share);
  const base = join(dirname(folder.root), 'names');
  await mkdir(base);
  const lost: string[] = [];
  const kept: string[] = [];
  for (const [what, name] of Object.entries(NAMES)) {
    const there = await readdir(base);
    const isMade = await mkdir(join(base, name)).then(
      () => true,
      () => false,
    );
    const isKept = isMade && (await readdir(base)).includes(name) && !there.includes(name);
    if (!isKept) {
      lost.push(what);
      continue;
    }
    await copyFile(SOURCE, join(base, name, 'clip.mov'));
    const output_directory = join(base, name);
    await folder.drop(
      `${name}.json`,
      JSON.stringify(
        folder.spec([join(base, name, 'clip.mov')], {
          output_directory,
          job_id: what.replaceAll(' ', '-'),
        }),
      ),
    );
    kept.push(what.replaceAll(' ', '-'));
  }
  const { code, log } = await workOff(folder, await madeEngine());
  if (code === 4) return refused(log);
  await allCompleted(folder, kept);
  return `held (${kept.length})${lost.length > 0 ? `; has no ${lost.join(', ')}` : ''}`;
}

/** Resolution of file times at the other client. */
async function times(share: Share): Promise<string> {
  const path = join(share.places.a, `time-${++count}`);
  await writeFile(path, 'x');
  await utimes(path, 1_700_000_001.123456, 1_700_000_001.123456);
  const { mtimeNs } = await stat(asB(share, path), { bigint: true });
  const told = Number(mtimeNs - 1_700_000_000_000_000_000n);
  if (told % 1e9 === 0) return told / 1e9 === 1 ? '1 s' : '2 s';
  return told % 1e7 === 0
    ? '10 ms'
    : told % 1e3 === 0
      ? '1 µs'
      : told % 100 === 0
        ? '100 ns'
        : '1 ns';
}

/** Clips are copied from the other client, slowly, while they are followed; then `make` finds nothing more to do. */
async function follow(share: Share): Promise<string> {
  const folder = await folderOn(share);
  const programs = await madeEngine();
  const card = join(dirname(folder.root), 'card');
  await mkdir(card);
  const wish = [
    card,
    '--output',
    folder.output,
    '--codec',
    'h264',
    '--container',
    'mp4',
    '--resolution',
    'same',
  ];
  const follower = new Runner(['plan', ...wish], {
    host: 'a',
    programs,
    args: ['--submit', folder.root, '--follow', '--poll-seconds', '1'],
  });
  const runner = Runner.on(folder.root, { host: 'a', programs });
  const ids = jobs(4);
  try {
    await Promise.race([runner.says(STARTED), runner.exit()]);
    if (!runner.isRunning) return refused(runner.log);
    const bytes = await readFile(SOURCE);
    for (const id of ids) {
      const path = join(asB(share, card), `${id}.mov`);
      const half = bytes.length / 2;
      await writeFile(path, bytes.subarray(0, half));
      await pause(2500);
      await writeFile(path, bytes.subarray(half), { flag: 'a' });
    }
    await until(async () => (await folder.names('completed')).length >= 2 * ids.length);
  } finally {
    await follower.kill();
    await runner.kill();
  }
  if ((await folder.names('failed')).length > 0)
    throw new Error(`a half clip was planned: ${runner.log}`);
  const make = new Runner(['make', ...wish], {
    host: 'a',
    programs,
    args: ['--watch', folder.root],
  });
  if ((await make.exit()) !== 0) throw new Error(make.log);
  const made = (await readdir(join(folder.output, 'card'))).sort();
  if (made.join() !== ids.map((id) => `${id}.mp4`).join())
    throw new Error(`proxies: ${made.join(', ')}`);
  return `held (${ids.length})`;
}

export const ROUNDS: readonly Round[] = [
  { name: 'a job', measure: wholeJob },
  { name: 'lock', measure: lock },
  { name: 'start', measure: together },
  { name: 'cut off', measure: cutOff },
  { name: 'claim', measure: (share) => race(share, 'rename') },
  { name: 'publish', measure: publish },
  { name: 'hidden', measure: staging },
  { name: 'power cut', measure: powerCut },
  { name: 'server restarts', measure: serverRestarts },
  { name: 'folder replaced', measure: stale },
  { name: 'full', measure: full },
  { name: 'quota', measure: quota },
  { name: 'read-only', measure: readOnly },
  { name: 'clock', measure: clock },
  { name: 'names', measure: names },
  { name: 'times', measure: times },
  { name: 'follow, make', measure: follow },
];
