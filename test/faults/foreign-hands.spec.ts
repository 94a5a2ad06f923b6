import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, extname, join } from 'node:path';
import { execa } from 'execa';
import { xxhash64 } from 'hash-wasm';
import { describe, expect, it } from 'vitest';
import { JobFolder } from '../support/job-folder.ts';
import { GATE, NIGHT } from '../support/night.ts';
import { isRoot, NEEDS_ROOT } from '../support/root.ts';
import { type Fault, until } from '../support/runner-process.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';

/** Users that no machine has: the runner's, whose group has the same number, and one in that group who may write to the outputs. */
const [RUNNER, OTHER] = [64_101, 64_102];
const SECRET = 'what the runner alone may write\n';

const jobs = useStandInJobs();

type Phase = 'pending' | 'encode' | 'read';

/** FFmpeg itself, that waits in two of its passes until it may go on. */
function heldFfmpeg(real: string, signs: string): string {
  return `#!/bin/sh
pass=
case "$*" in *' -abort_on '*) pass=encode ;; *vstack*) pass=read ;; esac
if [ -n "$pass" ]; then
  : >"${signs}/$pass"
  until [ -e "${signs}/$pass.go" ]; do sleep 0.02; done
fi
exec ${real} "$@"
`;
}

interface Wanted {
  source?: string;
  container?: string;
}

async function makeScene(
  umask: string,
  { source: from = jobs.media.source, container = 'mp4' }: Wanted = {},
) {
  const base = jobs.base();
  const output = join(base, 'shared', 'out');
  const folder = await JobFolder.create(base, output);
  const secrets = join(base, 'private');
  const [signs, programs] = [join(base, 'signs'), join(base, 'programs')];
  for (const made of [secrets, signs, programs]) await mkdir(made);
  await execa('chown', ['-R', `${RUNNER}:${RUNNER}`, base]);
  // A folder of the group in a folder of the group, neither with a sticky bit.
  const scratch = join(dirname(output), 'scratch');
  await mkdir(scratch);
  await chown(scratch, RUNNER, RUNNER);
  for (const shared of [dirname(output), output, scratch]) await chmod(shared, 0o2775);
  for (let above = base; above !== '/'; above = dirname(above))
    await execa('chmod', ['a+x', above]);
  const victim = join(secrets, 'victim');
  await writeFile(victim, SECRET);
  await chmod(victim, 0o600);
  await chown(victim, RUNNER, RUNNER);
  await chmod(signs, 0o777);
  const { stdout: real } = await execa('which', ['ffmpeg']);
  await writeFile(join(programs, 'ffmpeg'), heldFfmpeg(real, signs), { mode: 0o755 });
  const text = JSON.stringify(folder.spec([from], { job_id: 'job', container }));
  await folder.drop('job.json', text);
  await chown(folder.path('pending', 'job.json'), RUNNER, RUNNER);
  await chmod(dirname(from), 0o755);
  await chmod(from, 0o644);
  const sha256 = createHash('sha256').update(text).digest('hex');
  const staged = join(output, `.${sha256.slice(0, 16)}-000.partial.${container}`);
  const names = {
    OUT: output,
    STAGED: staged,
    FOLDER: staged.slice(0, -extname(staged).length),
    VICTIM: victim,
    SCRATCH: scratch,
  };
  const act = async (lines: string) => {
    const other = [`--reuid=${OTHER}`, `--regid=${OTHER}`, `--groups=${RUNNER}`, '--'];
    await execa('setpriv', [...other, 'sh', '-c', lines], { env: names, reject: false, cwd: '/' });
  };
  const start = (fault?: Fault, words: readonly string[] = []) =>
    jobs.start(folder, {
      args: ['--once', '--scratch-directory', scratch],
      proxy: undefined,
      fault,
      prefix: [
        ...words,
        ...`setpriv --reuid=${RUNNER} --regid=${RUNNER} --clear-groups --`.split(' '),
        'sh',
        '-c',
        `umask ${umask}; exec "$@"`,
        'sh',
      ],
      env: { PATH: programs + delimiter + process.env['PATH'], HOME: base },
    });
  const go = (pass: Phase) => writeFile(join(signs, `${pass}.go`), '');
  const reached = (pass: Phase) =>
    until(() =>
      lstat(join(signs, pass)).then(
        () => true,
        () => false,
      ),
    );
  return { folder, victim, staged, act, start, go, reached, secrets };
}

/** Lets another user act at one point of a job, and gives how it ended. */
async function work(phase: Phase, lines: string, umask = '022', wanted: Wanted = {}) {
  const scene = await makeScene(umask, wanted);
  const { folder, act, start, go, reached } = scene;
  if (phase === 'pending') await act(lines);
  const runner = start();
  for (const pass of ['encode', 'read'] as const) {
    if (phase !== pass) await go(pass);
  }
  if (phase !== 'pending') {
    await Promise.race([reached(phase), runner.exit()]);
    await act(lines);
    await go(phase);
  }
  await runner.exit();
  return { ...scene, result: await folder.result() };
}

/** What a job calls its proxy is a whole file of the runner's user with the bytes that it tells; a job that failed has none. */
async function proxyOf({ folder, result }: Awaited<ReturnType<typeof work>>) {
  const path = join(folder.output, 'job-000.mp4');
  const there = await lstat(path).catch(() => null);
  if (!there?.isFile()) return { status: result.final_status };
  const isTrue = (await readFile(path)).equals(await readFile(jobs.media.proxy));
  return { status: result.final_status, user: there.uid, names: there.nlink, isTrue };
}
const NO_PROXY = { status: 'FAILED' };
const REFUSED = { status: 'PARTIAL' };
const PROXY = { status: 'COMPLETED', user: RUNNER, names: 1, isTrue: true };

const FORGERY = 'cp /bin/true "$STAGED"';
/** Of each kind one in the gate: what is planted, what is swapped by a link, by a folder or by a hard link, and what is forged. */
const WAYS: readonly [what: string, phase: Phase, lines: string, when: typeof GATE][] = [
  [
    'links planted under the foreseeable names',
    'pending',
    'ln -s "$VICTIM" "$STAGED"; ln -s "$VICTIM" "$FOLDER"',
    GATE,
  ],
  [
    'a link to nothing under the final name',
    'pending',
    'ln -s "$VICTIM.new" "$OUT/job-000.mp4"',
    NIGHT,
  ],
  [
    'a link in the place of the staging file',
    'encode',
    'rm -f "$STAGED"; ln -s "$VICTIM" "$STAGED"',
    GATE,
  ],
  [
    'a link to nothing in the place of the staging file',
    'encode',
    'rm -f "$STAGED"; ln -s "$VICTIM.new" "$STAGED"',
    NIGHT,
  ],
  [
    'a folder in the place of the staging file',
    'encode',
    'rm -f "$STAGED"; mkdir "$STAGED"',
    NIGHT,
  ],
  ['a FIFO in the place of the staging file', 'encode', 'rm -f "$STAGED"; mkfifo "$STAGED"', NIGHT],
  [
    'links in the place of what is compared',
    'encode',
    'for F in "$SCRATCH"/.wfr-*; do mv "$F" "$F.old"; mkdir "$F"; for n in pictures.nut; do ln -s "$VICTIM" "$F/$n"; done; done',
    GATE,
  ],
  [
    'a link in the place of the folder of what is compared',
    'encode',
    'for F in "$SCRATCH"/.wfr-*; do mv "$F" "$F.old"; ln -s "$(dirname "$VICTIM")" "$F"; done',
    GATE,
  ],
  [
    'another folder in the place of that of the outputs',
    'encode',
    'mv "$OUT" "$OUT.old"; mkdir "$OUT"; ln -s "$VICTIM" "$STAGED"; mkdir "$FOLDER"; ln -s "$VICTIM" "$FOLDER/pictures.nut"; chmod -R a+rwX "$OUT"',
    GATE,
  ],
  [
    'a link in the place of the folder of the outputs',
    'encode',
    'mv "$OUT" "$OUT.old"; ln -s "$(dirname "$VICTIM")" "$OUT"',
    NIGHT,
  ],
  ['a link once the proxy is whole', 'read', 'rm -f "$STAGED"; ln -s "$VICTIM" "$STAGED"', NIGHT],
  ['a hard link to the victim', 'read', 'rm -f "$STAGED"; ln "$VICTIM" "$STAGED"', GATE],
  ['a forgery once the proxy is whole', 'read', `rm -f "$STAGED"; ${FORGERY}`, GATE],
  ['a second name for the staging file', 'read', 'ln "$STAGED" "$OUT/mine"', NIGHT],
  ['bytes written into the staging file', 'read', 'echo evil >>"$STAGED"', NIGHT],
];

describe.runIf(isRoot)(`another user who may write to the outputs${NEEDS_ROOT}`, () => {
  describe.each(WAYS)('by %s', (_, phase, lines, when) => {
    it('reaches nothing of the runner', when, async () => {
      const done = await work(phase, lines);
      expect(await readFile(done.victim, 'utf8')).toBe(SECRET);
      expect((await execa('ls', ['-A', done.secrets])).stdout).toBe(basename(done.victim));
      expect([PROXY, NO_PROXY, REFUSED]).toContainEqual(await proxyOf(done));
    });
  });

  describe.each([
    ['makes the file of a proxy', 'open', NIGHT],
    ['looks whether its name is free', 'lstat', NIGHT],
    ['gives it its name', 'link', GATE],
    ['takes the other name from it', 'rm', NIGHT],
  ])('at the moment when it %s', (_, call, when) => {
    it('leads the runner nowhere else', when, async () => {
      const scene = await makeScene('022');
      const { folder, secrets, act, start, go, victim } = scene;
      for (const pass of ['encode', 'read'] as const) await go(pass);
      const runner = start({ calls: [call], path: 'partial', count: 1, act: 'slow' });
      await runner.logged('slow: ');
      await act('mv "$OUT" "$OUT.old"; ln -s "$(dirname "$VICTIM")" "$OUT"');
      await runner.exit();
      expect(runner.log).toContain('slow: ');
      expect((await execa('ls', ['-A', secrets])).stdout).toBe(basename(victim));
      const { final_status } = await folder.result();
      // What has its name before the folder is moved away is a proxy, wherever that goes.
      expect(final_status).toBe(call === 'rm' ? 'COMPLETED' : 'FAILED');
      const left = (await execa('ls', [`${folder.output}.old`])).stdout;
      expect(left).toBe(call === 'rm' ? 'job-000.mp4' : '');
    });
  });

  it('has nothing removed by putting a folder of the runner where it has just made one', async () => {
    const { folder, act, start, go } = await makeScene('022');
    for (const pass of ['encode', 'read'] as const) await go(pass);
    const kept = join(dirname(folder.output), 'scratch', 'day01');
    await mkdir(kept);
    await writeFile(join(kept, 'made.mp4'), 'verified');
    await execa('chown', ['-R', `${RUNNER}:${RUNNER}`, kept]);
    const runner = start({
      calls: ['read'],
      path: String.raw`\.wfr-[^/]*$`,
      count: 1,
      act: 'slow',
    });
    await runner.logged('slow: ');
    await act('for F in "$SCRATCH"/.wfr-*; do mv "$F" "$F.old"; mv "$SCRATCH/day01" "$F"; done');
    await runner.exit();
    const found = await execa('find', [dirname(kept), '-name', 'made.mp4']);
    expect(found.stdout).toContain('made.mp4');
  });

  describe.each([
    ['that the group may write to', '2775', ':', NIGHT],
    ['that is private, with links in it', '700', 'ln -s "$VICTIM" "$F/pictures.nut"', GATE],
    ['that is private, with a file in it', '700', 'touch "$F/made.mp4"', NIGHT],
  ])('by a folder of the runner %s where it has just made one', (_, rights, fill, when) => {
    it('leads the runner nowhere', when, async () => {
      const { folder, act, start, go, reached, victim, secrets } = await makeScene('022');
      const moved = join(dirname(folder.output), 'scratch', 'day01');
      await mkdir(moved);
      await execa('sh', ['-c', fill], { env: { F: moved, VICTIM: victim } });
      await execa('chown', ['-Rh', `${RUNNER}:${RUNNER}`, moved]);
      await execa('chmod', [rights, moved]);
      const call = { calls: ['read'], path: String.raw`\.wfr-[^/]*$`, count: 1, act: 'slow' };
      const runner = start(call);
      await runner.logged('slow: ');
      await act('for F in "$SCRATCH"/.wfr-*; do mv "$F" "$F.old"; mv "$SCRATCH/day01" "$F"; done');
      await Promise.race([reached('encode'), runner.exit()]);
      await act(
        'for F in "$SCRATCH"/.wfr-*; do for n in pictures.nut; do rm -f "$F/$n"; ln -s "$VICTIM" "$F/$n"; done; done',
      );
      for (const pass of ['encode', 'read'] as const) await go(pass);
      await runner.exit();
      expect(await readFile(victim, 'utf8')).toBe(SECRET);
      expect((await execa('ls', ['-A', secrets])).stdout).toBe(basename(victim));
      const { final_status, clips } = await folder.result();
      expect(final_status).toBe('FAILED');
      expect(clips[0]?.failure_reason).toContain('somebody has replaced the folder');
    });
  });

  it('is no matter where programs are given open files', async () => {
    const { result } = await work('pending', ':');
    expect(result.clips[0]?.warnings).toEqual([]);
  });

  it('can not write into a proxy that is made, where the group may write to finished ones', async () => {
    const done = await work('encode', '(exec 3>>"$STAGED"; sleep 1; echo evil >&3) & wait', '002');
    expect(await proxyOf(done)).toEqual(PROXY);
    const [clip] = done.result.clips;
    expect((await lstat(clip?.resolved_output_path ?? '')).mode & 0o777).toBe(0o664);
  });

  describe.each([
    ['rm -f "$STAGED"; ln -s "$VICTIM" "$STAGED"', 'encode', GATE],
    ['ln -s "$VICTIM" "$STAGED.new"; mv -f "$STAGED.new" "$STAGED"', 'read', NIGHT],
    [
      'for F in "$SCRATCH"/.wfr-*; do rm -rf "$F"; ln -s "$(dirname "$VICTIM")" "$F"; done',
      'read',
      NIGHT,
    ],
  ] as const)('by %s', (lines, phase, when) => {
    it('brings no bytes of its choice into a file of the runner', when, async () => {
      // Samples of PCM lie in a MOV as they are.
      const line = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEvilEvilEvil evil@host\n';
      const folder = await mkdtemp(join(tmpdir(), 'spelled-'));
      const [bytes, source] = [join(folder, 'audio'), join(folder, 'spelled.mov')];
      await writeFile(bytes, line.repeat(3000));
      const audio = ['-f', 's24le', '-ar', '48000', '-i', bytes, '-c:a', 'pcm_s24le'];
      await execa('ffmpeg', [
        '-f',
        'lavfi',
        '-i',
        'testsrc2=size=128x72:rate=25',
        ...audio,
        '-shortest',
        source,
      ]);
      const wanted = { source, container: 'mov' };
      const usual = await work('pending', ':', '022', wanted);
      expect(await readFile(join(usual.folder.output, 'job-000.mov'), 'utf8')).toContain(
        line.repeat(20),
      );
      const done = await work(phase, lines, '022', wanted);
      expect(await readFile(done.victim, 'utf8')).toBe(SECRET);
      expect((await execa('ls', ['-A', done.secrets])).stdout).toBe(basename(done.victim));
      await rm(folder, { recursive: true });
    });
  });

  it('changes nothing of what is hashed and published: the file that was made', async () => {
    const { folder, staged, start, go, reached } = await makeScene('022');
    const runner = start();
    await reached('encode');
    const { ino, dev } = await lstat(staged);
    await go('encode');
    await go('read');
    await runner.exit();
    const [clip] = (await folder.result()).clips;
    const path = clip?.resolved_output_path ?? '';
    expect(await lstat(path)).toMatchObject({ ino, dev, nlink: 1, uid: RUNNER });
    const bytes = await readFile(path);
    const facts = { output_xxh64: await xxhash64(bytes), output_size_bytes: bytes.length };
    expect(clip).toMatchObject(facts);
  });

  const scratch = '$(ls -d "$SCRATCH"/.wfr-*)';
  describe.each([
    ['beside the proxy', 'out', '$FOLDER', 0o755, NIGHT],
    ['beside the proxy, a private one', 'out', '$FOLDER', 0o700, NIGHT],
    ['in the scratch directory', 'scratch', scratch, 0o755, NIGHT],
    ['in the scratch directory, a private one', 'scratch', scratch, 0o700, GATE],
  ])('by a folder of the runner where a killed one left its own %s', (...one) => {
    const [, folderName, place, rights, when] = one;
    it('has nothing removed', when, async () => {
      const { folder, act, start, reached } = await makeScene('022');
      const kept = join(dirname(folder.output), folderName, 'day01');
      await mkdir(kept);
      await writeFile(join(kept, 'made.mp4'), 'verified');
      await execa('chown', ['-R', `${RUNNER}:${RUNNER}`, kept]);
      await chmod(kept, rights);
      const runner = start();
      await reached('encode');
      await runner.kill();
      await act(
        `F=${place}; mv "$F" "$F.old"; mv "$OUT/../${folderName}/day01" "$F"; rm -f "$STAGED"; ln -s "$VICTIM" "$STAGED"; echo "$F" >"$OUT/where"`,
      );
      await start().exit();
      expect((await folder.result()).failure_type).toBe('RunnerInterrupted');
      const where = (await readFile(join(folder.output, 'where'), 'utf8')).trim();
      expect(await readFile(join(where, 'made.mp4'), 'utf8')).toBe('verified');
    });
  });
});
