import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { expect, test } from 'vitest';
import { makeSource } from '../support/media.ts';
import { makeReferenceMovie } from '../support/raw-fakes.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';

const jobs = useStandInJobs();
const canTrace = execaSync('strace', ['-o', '/dev/null', 'true'], { reject: false }).exitCode === 0;

const EXTENSIONS = ['mov', 'mp4', 'mxf', 'mkv', 'ts', 'm3u8', 'braw', 'txt'] as const;
const TEXTS: Readonly<Record<string, (target: string) => string>> = {
  hls: (target) => `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${target}\n#EXT-X-ENDLIST\n`,
  concat: (target) => `ffconcat version 1.0\nfile '${target}'\n`,
  dash: (target) =>
    `<?xml version="1.0"?><MPD type="static"><Period><AdaptationSet><Representation id="1"><BaseURL>${target}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
  sdp: () =>
    'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n',
  subtitles: (target) => `1\n00:00:00,000 --> 00:00:01,000\n${target}\n`,
  ram: (target) => `${target}\n`,
};

test.runIf(canTrace)(
  'no source makes the runner open a canary file or a socket, whatever it holds and is called (strace)',
  async () => {
    let connections = 0;
    const server = createServer((socket) => void (connections++, socket.destroy()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const folder = await jobs.folder();
    const canary = await makeSource(folder.root, 'canary.ts');
    const targets = { file: canary, url: `http://127.0.0.1:${port}/clip.ts` };
    const sources = [await makeReferenceMovie(folder.root, 'reference.mov', canary)];
    for (const [kind, text] of Object.entries(TEXTS)) {
      for (const [index, [name, target]] of Object.entries(targets).entries()) {
        const extension = EXTENSIONS[(kind.length + index * 3) % EXTENSIONS.length];
        const path = join(folder.root, `${kind}-${name}.${extension}`);
        await writeFile(path, text(target));
        sources.push(path);
      }
    }
    const disguised = join(folder.root, `http:`, `127.0.0.1:${port}`);
    await mkdir(disguised, { recursive: true });
    await writeFile(join(disguised, 'clip.mov'), 'no clip');
    sources.push(join(disguised, 'clip.mov'), `${folder.root}/concat:${canary}`, targets.url);
    for (const [index, source] of sources.entries())
      await folder.submit(`${index}.json`, [source], { job_id: `job-${index}` });
    const log = join(folder.root, 'strace.log');
    const trace = ['strace', '-f', '-s', '4096', '-o', log, '-e', 'trace=open,openat,connect'];
    const runner = jobs.start(folder, { proxy: undefined, prefix: trace, args: ['--once'] });
    expect(await runner.exit()).toBe(1);
    server.close();
    const results = await folder.results();
    expect(results).toHaveLength(sources.length);
    expect(results.filter(({ final_status }) => final_status === 'COMPLETED')).toEqual([]);
    const { stdout } = execaSync('grep', ['-E', 'canary\\.ts"|AF_INET', log], { reject: false });
    // A name that ends so is no way to it: the runner looks whether it is there.
    const opened = stdout.split('\n').filter((line) => line !== '' && !line.includes('O_PATH'));
    expect(opened).toEqual([]);
    expect(connections).toBe(0);
  },
);

test('a symbolic link that leaves the allowed roots is refused, for sources and outputs', async () => {
  const folder = await jobs.folder();
  const allowed = join(folder.root, 'allowed');
  await mkdir(allowed);
  await symlink(jobs.media.source, join(allowed, 'link.mov'));
  await symlink(folder.output, join(allowed, 'out'));
  await folder.submit('a.json', [join(allowed, 'link.mov')]);
  await folder.submit('b.json', [jobs.media.source], { output_directory: join(allowed, 'out') });
  const roots = ['--allow-source-root', allowed, '--allow-output-root', allowed];
  expect(await jobs.start(folder, { args: ['--once', ...roots] }).exit()).toBe(1);
  const types = (await folder.results()).map(({ failure_type }) => failure_type);
  expect(types).toEqual(['PathNotAllowedError', 'PathNotAllowedError']);
});
