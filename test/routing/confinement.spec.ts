import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { CONFINED_INPUT, ffprobeArguments } from '../../libs/engines/src/media/index.ts';
import { execa, execaSync } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ffprobe } from '../support/ffprobe.ts';
import { makeSource } from '../support/media.ts';
import { makeReferenceMovie } from '../support/raw-fakes.ts';
import { createRouting } from '../support/routing.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const routing = createRouting();
const canTrace = execaSync('strace', ['-o', '/dev/null', 'true'], { reject: false }).exitCode === 0;
/** A lean FFmpeg asks no server, confined or not. */
const hasNetwork = /^ *http$/m.test(execaSync('ffprobe', ['-v', 'quiet', '-protocols']).stdout);

/** A server and a clip that nothing may reach for. */
const requests: string[] = [];
let server: Server;
let address = '';
let target = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('Expected a port');
  address = `http://127.0.0.1:${bound.port}/clip.ts`;
  target = await makeSource(folder.path, 'target.ts');
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** The system calls with which ffprobe opened files and sockets, as strace writes them. */
async function openCalls(path: string, args = ffprobeArguments(path)): Promise<string> {
  const log = join(folder.path, 'strace.log');
  const trace = ['-f', '-e', 'trace=open,openat,connect', '-s', '4096', '-o', log];
  await execa('strace', [...trace, 'ffprobe', ...args], { reject: false });
  return readFile(log, 'utf8');
}

const HLS = '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n';
const LISTS = [
  ['playlist.m3u8', (url: string) => `${HLS}${url}\n#EXT-X-ENDLIST\n`],
  ['playlist.mov', (url: string) => `${HLS}${url}\n#EXT-X-ENDLIST\n`],
  ['script.mov', (url: string) => `ffconcat version 1.0\nfile '${url}'\n`],
  ['script.ffconcat', (url: string) => `ffconcat version 1.0\nfile '${url}'\n`],
  [
    'manifest.mp4',
    (url: string) =>
      '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period>' +
      `<AdaptationSet mimeType="video/mp4"><Representation id="1"><BaseURL>${url}</BaseURL>` +
      '</Representation></AdaptationSet></Period></MPD>\n',
  ],
  [
    'session.mov',
    () =>
      'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n',
  ],
] as const;

describe('a list of other media is refused and nothing in it is opened', () => {
  it.each(LISTS)('%s that names a server', async (name, text) => {
    const path = join(folder.path, name);
    await writeFile(path, text(address));
    await expect(routing.route([path])).rejects.toMatchObject({
      type: 'UnsupportedFormatError',
    });
    expect(requests).not.toContain('/clip.ts');
  });

  it.runIf(hasNetwork)(
    'though FFmpeg would have asked the server without confinement',
    async () => {
      const path = join(folder.path, 'network.ffconcat');
      await writeFile(path, `ffconcat version 1.0\nfile '${address}?unconfined'\n`);
      const open = ['-safe', '0', '-protocol_whitelist', 'file,http,tcp', path];
      await execa('ffprobe', ['-v', 'quiet', ...open], { reject: false });
      expect(requests).toContain('/clip.ts?unconfined');
    },
  );

  it.runIf(canTrace).each(LISTS)('%s that names a file', async (name, text) => {
    const path = join(folder.path, name);
    await writeFile(path, text('target.ts'));
    const opened = await openCalls(path);
    expect(opened).toContain(path);
    expect(opened).not.toContain('target.ts');
    expect(opened).not.toContain('AF_INET');
  });

  it.runIf(canTrace)('though FFmpeg would have opened it without confinement', async () => {
    const path = join(folder.path, 'script.mov');
    await writeFile(path, "ffconcat version 1.0\nfile 'target.ts'\n");
    expect(await openCalls(path, ['-v', 'quiet', path])).toContain(target);
  });
});

describe('a QuickTime reference movie', () => {
  it.runIf(canTrace)('is not followed to its media', async () => {
    const path = await makeReferenceMovie(folder.path, 'reference.mov', target);
    expect(await openCalls(path)).not.toContain(target);
    const following = ['-v', 'quiet', '-enable_drefs', '1', '-use_absolute_path', '1', path];
    expect(await openCalls(path, following)).toContain(target);
  });

  it('is described, so that it can be refused in plain words', async () => {
    const path = await makeReferenceMovie(folder.path, 'described.mov', target);
    expect(await ffprobe(path)).toMatchObject({
      media: { streams: [{ codecName: 'h264', pixelFormat: null }] },
    });
  });
});

describe('a name pattern', () => {
  it('of still images is refused', async () => {
    await makeSource(folder.path, 'frame1.png', { codec: 'png', frames: 1 });
    await expect(routing.route([join(folder.path, 'frame1.png')])).rejects.toMatchObject({
      message: expect.stringContaining('a still image'),
    });
    const { stdout } = await execa(
      'ffprobe',
      [...CONFINED_INPUT, '-show_error', '-of', 'json', '-i', `file:${folder.path}/frame%d.png`],
      { reject: false },
    );
    expect(JSON.parse(stdout)).toHaveProperty('error');
  });
});
