import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { expect, test } from 'vitest';
import { useStandInJobs } from '../support/stand-in-jobs.ts';

const jobs = useStandInJobs();
const canTrace = execaSync('strace', ['-o', '/dev/null', 'true'], { reject: false }).exitCode === 0;

/** System calls in order, as `fsync running/.result.tmp` or `rename running/a.json completed/a.json`. */
async function systemCalls(log: string, root: string): Promise<string[]> {
  const calls: string[] = [];
  // The only open folder by which files are reached is that of the outputs.
  const relative = (path = '') =>
    path.replace(`${root}/`, '').replace(/^(.*\/output|\/proc\/\d+\/fd\/\d+)/, 'output');
  for (const line of (await readFile(log, 'utf8')).split('\n')) {
    const [, call = '', rest = ''] = /^\d+\s+(\w+)\((.*)/.exec(line) ?? [];
    const names = [...rest.matchAll(/"((?:[^"\\]|\\.)*)"|\d+<([^>]*)>/g)];
    const paths = names.map(([, quoted, opened]) => relative(quoted ?? opened));
    if (paths.length > 0) calls.push([call, ...paths].join(' '));
  }
  return calls;
}

const picture = (n: number) =>
  new RegExp(`^rename (\\.runner/pictures/[\\w-]+-000-${n}\\.jpg)\\.tmp \\1$`);

test.runIf(canTrace)(
  'proxy, journal, result and names reach the disk in the order that a power cut needs (strace)',
  async () => {
    const folder = await jobs.folder();
    await folder.submit('a.json', [jobs.media.source], { job_id: 'a' });
    const log = join(folder.root, 'strace.log');
    const trace = ['-f', '-y', '-s', '4096', '-o', log];
    const watched = ['-e', 'trace=fsync,fdatasync,rename,link,unlink'];
    const runner = jobs.start(folder, { prefix: ['strace', ...trace, ...watched] });
    expect(await runner.exit()).toBe(0);
    const staging = expect.stringMatching(/^fsync output\/\..*\.partial\.mp4$/);
    const expected = [
      'fsync .runner/holder',
      'rename pending/a.json running/a.json',
      'fdatasync running/a.json',
      'fsync running',
      'fsync pending',
      'fsync .runner/journals',
      // Before the staging file is there: whoever takes over from a host that is cut off must know of it.
      'fdatasync .runner/journals/a.json',
      // Nobody misses a picture that a power cut takes: they are not synced.
      ...[1, 2, 3].map((n) => expect.stringMatching(picture(n))),
      staging,
      'fdatasync .runner/journals/a.json',
      expect.stringMatching(/^link output\/\..*\.partial\.mp4 output\/a-000\.mp4$/),
      'fsync output',
      expect.stringMatching(/^unlink output\/\..*\.partial\.mp4$/),
      'fsync running/.result.tmp',
      'rename running/.result.tmp running/a.result.json',
      'fsync running',
      'rename running/a.json completed/a.json',
      'fsync completed',
      'fsync running',
      'rename running/a.result.json completed/a.result.json',
      'fsync completed',
      'fsync running',
      'unlink .runner/journals/a.json',
      'unlink .runner/holder',
    ];
    const calls = await systemCalls(log, folder.root);
    const relevant = calls.filter((call) => !/status\.json|\.nut$|\/(proc|dev|etc)\//.test(call));
    expect(relevant).toEqual(expected);
  },
);
