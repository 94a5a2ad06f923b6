import { cp, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tryLock } from 'fs-native-extensions';
import { beforeEach, describe, expect, it } from 'vitest';
import { cliHere } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { runOnce } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { width: 64, height: 36, frames: 3 } });
const folder = useWatchFolder();
const NAMES = ['C001.mov', 'C002.mov', 'C003.mov', 'C004.mov'];
let sources: string[] = [];

beforeEach(async () => {
  await mkdir(folder().beside('A001'));
  sources = NAMES.map((name) => folder().beside(`A001/${name}`));
  for (const source of sources) await cp(clips['a.mov'], source);
  await damage();
});

/** The second clip can't be decoded to its end. */
async function damage() {
  const [, second = ''] = sources;
  const bytes = await readFile(second);
  const media = bytes.indexOf('mdat');
  const end = media - 4 + bytes.readUInt32BE(media - 4);
  await writeFile(second, bytes.fill(0, end - 40, end));
}

interface Retry {
  jobs: { name: string; of: string; jobspec: { sources: string[]; job_id?: string } }[];
  coming: number;
  made: number;
  problems: string[];
}

async function retry(...args: string[]): Promise<Retry & { exitCode: number | undefined }> {
  const { exitCode, stdout } = await cliHere(['retry', folder().root, ...args, '--json']);
  return { ...(JSON.parse(stdout) as Retry), exitCode };
}
const work = () => runOnce(folder());
const drop = (fields: object = {}) =>
  folder().dropJob('day.json', {
    sources,
    naming_template: '{source_name}',
    job_id: 'day',
    ...fields,
  });
const asked = ({ jobs }: Retry) =>
  jobs.map(({ name, jobspec }) => [name, jobspec.sources.map((path) => path.slice(-8))]);

describe('retry', () => {
  const EXPECTED = [
    ['day-retry.json', ['C003.mov', 'C004.mov']],
    ['day-retry-2.json', ['C002.mov']],
  ];

  it('asks for what failed and what was never begun, once, until all is made', async () => {
    await drop();
    await work();
    const dry = await retry('--dry-run');
    expect(asked(dry)).toEqual(EXPECTED);
    expect(await folder().names('pending')).toEqual([]);
    expect(asked(await retry())).toEqual(EXPECTED);
    const second = await retry(folder().path('failed', 'day.json'));
    expect(second).toMatchObject({ exitCode: 0, jobs: [], coming: 3 });
    await cp(clips['a.mov'], sources[1] ?? '');
    expect((await work()).isClean).toBe(true);
    expect(await retry()).toMatchObject({ exitCode: 0, jobs: [], made: 3 });
  });

  it('asks again for what failed again, and for nothing else', async () => {
    await drop();
    await work();
    await retry('day');
    await work();
    const again = await retry();
    expect(asked(again)).toEqual([['day-retry-3.json', ['C002.mov']]]);
  });

  it('keeps each field of the JobSpec, and what belongs to a clip with it', async () => {
    await drop({ resolved_tokens: { reel: 'A001' } });
    await work();
    const { jobs } = await retry('day.json', '--dry-run');
    expect(jobs[0]?.jobspec).toMatchObject({
      resolved_tokens: { reel: 'A001' },
      job_id: 'day',
    });
  });

  it('asks for a job that numbers its clips only as a whole', async () => {
    await drop({ naming_template: '{source_name}_{index}' });
    await work();
    const part = await retry();
    expect(part).toMatchObject({ exitCode: 1, jobs: [] });
    expect(part.problems).toEqual([
      expect.stringMatching(/^day\.json: 3 proxies of 4 are left, and \{index\} in/),
    ]);
    await rm(sources[0] ?? '');
    await rm(folder().path('failed', 'day.json'));
    await rm(folder().path('failed', 'day.result.json'));
    await rm(folder().output, { recursive: true });
    await mkdir(folder().output);
    await drop({ naming_template: '{source_name}_{index}' });
    await work();
    expect(asked(await retry())).toEqual([['day-retry.json', NAMES]]);
  });
});

describe('a job that was refused as a whole', () => {
  it('is asked for again as one where the place may be mended', async () => {
    await rm(folder().output, { recursive: true });
    await drop();
    await work();
    expect(await folder().names('failed')).toContain('day.result.json');
    await mkdir(folder().output);
    const again = await retry();
    expect(asked(again)).toEqual([['day-retry.json', NAMES]]);
    expect(again).toMatchObject({ exitCode: 0, problems: [] });
  });

  it('is named, and not asked for again, where only another JobSpec helps', async () => {
    await mkdir(folder().path('pending', 'out'), { recursive: true });
    await drop({ output_directory: folder().path('pending', 'out') });
    await work();
    expect(await retry()).toMatchObject({
      exitCode: 1,
      jobs: [],
      problems: [
        expect.stringMatching(
          /^day\.json: 4 clips would be rejected again, because of the JobSpec\. Submit a corrected one\. \(Output directory lies in /,
        ),
      ],
    });
  });
});

describe('what others may have done to a failed job', () => {
  /** Retries while a word in a file says something else. */
  const retryWith = async (name: string, word: string, other: string) => {
    const path = folder().path('failed', name);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(word, other));
    return retry().finally(() => writeFile(path, text));
  };

  it('is a JobSpec that says something else now', async () => {
    await drop();
    await work();
    expect(await retryWith('day.json', 'C003', 'C001')).toMatchObject({
      exitCode: 1,
      jobs: [],
      problems: [expect.stringMatching(/day\.json was changed after it was claimed\./)],
    });
  });

  it('is an id that leads elsewhere, which names no file', async () => {
    await drop();
    await work();
    expect(asked(await retryWith('day.result.json', '"day"', '"../../evil"'))).toEqual([
      ['day-retry.json', ['C003.mov', 'C004.mov']],
      ['day-retry-2.json', ['C002.mov']],
    ]);
    expect(await folder().names('pending')).toEqual(['day-retry-2.json', 'day-retry.json']);
  });
});

describe('a mistake with retry', () => {
  beforeEach(async () => void (await work()));

  it('is a second one at the same time', async () => {
    const lock = await open(folder().path('.runner', 'retry.lock'), 'a');
    try {
      expect(tryLock(lock.fd)).toBe(true);
      const { exitCode, stderr } = await cliHere(['retry', folder().root]);
      expect(stderr).toMatch(/^Another retry is at work on .*\. Wait until it has ended\./);
      expect(exitCode).toBe(1);
    } finally {
      await lock.close();
    }
  });

  it.each<[() => string[], number, RegExp]>([
    [
      () => ['/nowhere'],
      4,
      /^\/nowhere is not a watch folder\. Name one on which a runner has worked/,
    ],
    [() => [folder().beside('A001')], 4, /A001 is not a watch folder\./],
    [() => [folder().path('failed')], 4, /is not a watch folder\.|belongs to the watch folder/],
    [
      () => [folder().root, 'nobody'],
      1,
      /^"nobody" is no failed job\. Name a job as its file in failed\//,
    ],
    [() => [folder().root, ''], 2, /^error: job is empty/],
    [() => [clips['a.mov']], 4, /is not a watch folder\./],
    [() => ['--dry-run'], 2, /missing required argument 'folder'/],
    [() => [''], 2, /folder is empty\. Name it/],
    [() => [], 2, /missing required argument 'folder'/],
    [() => [folder().root, '--dry'], 2, /unknown option '--dry'/],
  ])('is answered by one sentence: %#', async (args, code, sentence) => {
    const { exitCode, stderr, stdout } = await cliHere(['retry', ...args()]);
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
    expect(stderr).toMatch(sentence);
  });

  it('is a JobSpec that breaks the contract', async () => {
    await folder().drop('bad.json', '{"jobspec_version": "2.1"}');
    await work();
    const { exitCode, problems } = await retry();
    expect(exitCode).toBe(1);
    expect(problems).toEqual([expect.stringMatching(/bad\.json breaks the contract/)]);
  });
});
