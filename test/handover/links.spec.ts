import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { XMLParser } from 'fast-xml-parser';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { cliHere, type CliRun } from '../support/cli.ts';
import { JobFolder } from '../support/job-folder.ts';
import { clipResult, jobResult } from '../support/job-result.ts';
import { runOnce } from '../support/runner.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

/** What ends a string, a comment, a line, an attribute, a CDATA section or a command in some language. */
const HOSTILE = [
  `quotes " ' \` ''' """`,
  'lines\nand\rmore',
  'separators \u2028 \u2029 \u0085',
  'comment */ <!-- -->',
  'cdata ]]> <b> & &amp; %20 100%',
  '$(touch pwned) `touch pwned` ${1+1} {0} %s %(x)s',
  'back\\slash \\u0022 \\N{DIGIT ONE} \\',
  'emoji 😀 é é',
  '"]; import os; os.abort() #',
  '__proto__',
  'true',
];

const temporary = useTemporaryFolder();
let folder: JobFolder;
let lists: string;
let sources: string[];
let written: CliRun;
const proxyOf = (source: string) => join(folder.output, basename(source));
const list = (name: string) => readFile(join(lists, name), 'utf8');

/** An asset as a reader of XML has it. */
type Asset = Record<string, string> & { 'media-rep': { kind: string; src: string }[] };

interface OtioClip {
  name: string;
  active_media_reference_key: string;
  media_references: Record<'DEFAULT_MEDIA' | 'proxy', { target_url: string }>;
  metadata: object;
}

/** In some order that is the same for the same. */
const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).toSorted();

/** A clip of a second, 23.976 frames a second, from `10:00:00:00`. */
async function makeSource(path: string, ...args: string[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:d=1:r=24000/1001'];
  const sound = ['-f', 'lavfi', '-i', 'sine=d=1:r=48000', '-ac', '2'];
  const facts = ['-timecode', '10:00:00:00', '-metadata:s:v', 'reel_name=A001'];
  const codecs = ['-c:v', 'mpeg4', '-c:a', 'pcm_s16le'];
  const words = [...picture, ...sound, ...codecs, ...facts, ...args, '-f', 'mov'];
  await execa('ffmpeg', ['-v', 'error', ...words, `file:${path}`]);
}

beforeAll(async () => {
  folder = await JobFolder.create(temporary.path);
  const card = join(temporary.path, 'A001');
  sources = HOSTILE.map((name) => join(card, `${name}.mov`));
  const [first = ''] = sources;
  await makeSource(first);
  for (const source of sources.slice(1)) {
    await mkdir(dirname(source), { recursive: true });
    await copyFile(first, source);
  }
  const fields = { codec: 'prores_proxy', container: 'mov', naming_template: '{source_name}' };
  await folder.submit('day.json', sources, fields);
  await runOnce(folder);
  lists = join(temporary.path, 'lists');
  written = await cliHere(['handover', folder.root, '--output', lists, '--link']);
});

describe('the FCPXML', () => {
  /** What Final Cut's document type says of these elements: it rejects the whole file for one that is out of place. */
  const TYPE = `
    <!ELEMENT fcpxml (resources, asset-clip*)>
    <!ATTLIST fcpxml version CDATA #FIXED "1.10">
    <!ELEMENT resources (format | asset)*>
    <!ELEMENT format EMPTY>
    <!ATTLIST format id ID #REQUIRED frameDuration CDATA #IMPLIED width CDATA #IMPLIED height CDATA #IMPLIED>
    <!ELEMENT asset (media-rep+, metadata?)>
    <!ATTLIST asset id ID #REQUIRED name CDATA #IMPLIED start CDATA #IMPLIED duration CDATA #IMPLIED
      format IDREF #IMPLIED hasVideo CDATA #IMPLIED videoSources CDATA #IMPLIED hasAudio CDATA #IMPLIED
      audioSources CDATA #IMPLIED audioChannels CDATA #IMPLIED audioRate CDATA #IMPLIED>
    <!ELEMENT media-rep EMPTY>
    <!ATTLIST media-rep kind (original-media | proxy-media) #REQUIRED src CDATA #REQUIRED>
    <!ELEMENT metadata (md*)>
    <!ELEMENT md EMPTY>
    <!ATTLIST md key CDATA #REQUIRED value CDATA #IMPLIED>
    <!ELEMENT asset-clip EMPTY>
    <!ATTLIST asset-clip ref IDREF #REQUIRED name CDATA #IMPLIED start CDATA #IMPLIED duration CDATA #IMPLIED
      format IDREF #IMPLIED tcFormat (DF | NDF) #IMPLIED>`;

  /** What a reader that isn't ours makes of it. */
  async function read() {
    const text = await list('handover.fcpxml');
    const type = join(temporary.path, 'type.dtd');
    await writeFile(type, TYPE);
    const { stderr } = await execa('xmllint', ['--noout', '--dtdvalid', type, '-'], {
      input: text,
    });
    expect(stderr).toBe('');
    const { fcpxml } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(
      text,
    ) as {
      fcpxml: {
        resources: { asset: Asset[]; format: Record<string, string> };
        'asset-clip': Record<string, string>[];
      };
    };
    return fcpxml;
  }

  it('has original and proxy of each clip, whatever they are called', async () => {
    const { resources, 'asset-clip': clips } = await read();
    const pairs = resources.asset.map(({ 'media-rep': reps }) =>
      reps.map(({ kind, src }) => [kind, fileURLToPath(src)]),
    );
    const wanted = sources.map((source) => [
      ['original-media', source],
      ['proxy-media', proxyOf(source)],
    ]);
    expect(sorted(pairs)).toEqual(sorted(wanted));
    expect(clips.map(({ ref }) => ref)).toEqual(resources.asset.map(({ id }) => id));
    expect(clips.map(({ name }) => name)).toContain('true');
  });

  it('has rate, size, timecode and length of the original, exactly', async () => {
    const { resources, 'asset-clip': clips } = await read();
    expect(resources.format).toMatchObject({
      frameDuration: '1001/24000s',
      width: '160',
      height: '90',
    });
    // 10:00:00:00 is 864,000 frames.
    const times = { start: '36036s', duration: '1001/1000s', hasAudio: '1', audioChannels: '2' };
    for (const asset of resources.asset)
      expect(asset).toMatchObject({ ...times, audioRate: '48000' });
    expect(clips[0]).toMatchObject({ tcFormat: 'NDF', start: '36036s' });
  });
});

describe('the timeline of OpenTimelineIO', () => {
  it('has original and proxy of each clip, whatever they are called', async () => {
    const { tracks } = JSON.parse(await list('handover.otio')) as {
      tracks: { children: { children: OtioClip[] }[] };
    };
    const clips = tracks.children.flatMap(({ children }) => children);
    const read = clips.map(({ name, media_references: { DEFAULT_MEDIA: original, proxy } }) => [
      name,
      fileURLToPath(original.target_url),
      fileURLToPath(proxy.target_url),
    ]);
    const wanted = sources.map((source) => [basename(source, '.mov'), source, proxyOf(source)]);
    expect(sorted(read)).toEqual(sorted(wanted));
    const [{ active_media_reference_key: active, metadata } = {}] = clips;
    expect(active).toBe('DEFAULT_MEDIA');
    const facts = { timecode: '10:00:00:00', drop_frame: false, reel: 'A001' };
    expect(metadata).toEqual({ 'watch-folder-runner': facts });
  });
});

describe('the script for Resolve', () => {
  /** A module that stands in for Resolve's, and notes what it is asked for. */
  const STAND_IN = `
import json, os
class Clip:
    def __init__(self, path): self.path = path
    def GetClipProperty(self, name): return self.path if name == "File Path" else ""
    def LinkProxyMedia(self, path):
        print(json.dumps([self.path, path]))
        return True
class Folder:
    def __init__(self, clips, inner): self.clips, self.inner = clips, inner
    def GetClipList(self): return self.clips and [Clip(path) for path in self.clips]
    def GetSubFolderList(self): return self.inner
class Resolve:
    def __getattr__(self, name): return lambda *args: self
    def GetRootFolder(self):
        paths = json.loads(os.environ["CLIPS"])
        inner = Folder([], [Folder(paths[2:], []), Folder(None, None)])
        return Folder(paths[:1], [Folder(paths[1:2], [inner])])
def scriptapp(name): return Resolve()
`;

  it('links every proxy to its clip by LinkProxyMedia', async () => {
    const place = join(temporary.path, 'module');
    await mkdir(place);
    await writeFile(join(place, 'DaVinciResolveScript.py'), STAND_IN);
    const env = { PYTHONPATH: place, CLIPS: JSON.stringify(sources) };
    const { stdout } = await execa('python3', [join(lists, 'handover-resolve.py')], {
      env,
      cwd: place,
    });
    const lines = stdout.split('\n');
    expect(lines.at(-1)).toBe(`${sources.length} proxies attached.`);
    const pairs = lines.slice(0, -1).map((line) => JSON.parse(line) as string[]);
    expect(sorted(pairs)).toEqual(sorted(sources.map((source) => [source, proxyOf(source)])));
  });

  it('says what the media pool lacks, and what does not answer', async () => {
    const place = join(temporary.path, 'module-2');
    await mkdir(place);
    await writeFile(join(place, 'DaVinciResolveScript.py'), STAND_IN);
    const run = (env: Record<string, string>) =>
      execa('python3', [join(lists, 'handover-resolve.py')], { env, reject: false });
    const few = await run({ PYTHONPATH: place, CLIPS: JSON.stringify(sources.slice(0, 2)) });
    expect(few.exitCode).toBe(1);
    expect(few.stdout).toContain('Not in the media pool: ');
    const none = await run({});
    expect(none.stderr).toContain("Resolve doesn't answer.");
  });

  it('is ASCII, and its code is the same whatever the clips are called', async () => {
    const text = await list('handover-resolve.py');
    expect(text).toMatch(/^[\n -~]*$/);
    const program = `
import ast, sys
body = ast.parse(sys.stdin.read()).body
texts = body[3].value.generators[0].iter.elts
print(" ".join(type(one).__name__ for one in body))
print(len(texts), all(type(one) is ast.Constant and type(one.value) is str for one in texts))`;
    const { stdout } = await execa('python3', ['-c', program], { input: text });
    const functions = 'FunctionDef FunctionDef FunctionDef FunctionDef';
    expect(stdout).toBe(`Import Import Import Assign ${functions} If\n${sources.length} True`);
  });
});

describe('the script for Premiere Pro', () => {
  it('attaches every proxy to its clip, in a language of 1999', async () => {
    const text = await list('handover-premiere.jsx');
    expect(text).toMatch(/^[\n -~]*$/);
    expect(text).not.toMatch(/\b(?:let|const|class|=>|JSON)\b/);
    const attached: string[][] = [];
    const item = (path: string) => ({
      type: 1,
      getMediaPath: () => path,
      canProxy: () => true,
      hasProxy: () => true,
      attachProxy: (proxy: string, isFull: number) => attached.push([path, proxy, String(isFull)]),
    });
    const bin = (children: object[]) => ({
      type: 2,
      children: Object.assign(children, { numItems: children.length }),
    });
    const [first = '', ...rest] = sources;
    const rootItem = bin([item(first), bin(rest.map(item))]);
    const said = runInNewContext(text, {
      app: { project: { rootItem } },
      alert: () => undefined,
    }) as string;
    expect(said).toBe(`${sources.length} proxies attached.`);
    expect(sorted(attached)).toEqual(
      sorted(sources.map((source) => [source, proxyOf(source), '0'])),
    );
  });
});

describe('a hand-over with links', () => {
  it('names what it has written', () => {
    for (const end of ['.fcpxml', '.otio', '-resolve.py', '-premiere.jsx'])
      expect(written.stdout).toContain(`Wrote ${join(lists, `handover${end}`)}`);
    expect(written.stderr).toBe('');
  });

  const handover = (output: string, ...args: string[]) =>
    cliHere(['handover', folder.root, '--output', join(temporary.path, output), ...args]);

  it('replaces nothing, and says what is in the way', async () => {
    const { exitCode, stderr } = await handover('lists', '--link');
    expect(exitCode).toBe(4);
    expect(stderr).toContain('exists already and is not replaced');
  });

  it('writes none of them without the flag', async () => {
    await handover('plain');
    await expect(readFile(join(temporary.path, 'plain', 'handover.fcpxml'))).rejects.toThrow(
      'ENOENT',
    );
  });

  it('needs no clips', async () => {
    const card = join(temporary.path, 'A001');
    await rename(card, `${card}-gone`);
    const { stderr } = await handover('gone', '--link');
    await rename(`${card}-gone`, card);
    expect(stderr).toBe('');
    const text = await readFile(join(temporary.path, 'gone', 'handover.fcpxml'), 'utf8');
    expect(text).toBe(await list('handover.fcpxml'));
  });

  it('takes one proxy of a clip, and says which no editing system attaches', async () => {
    const root = join(temporary.path, 'several');
    const output = join(root, 'proxies');
    for (const name of ['completed', 'failed']) await mkdir(join(root, name), { recursive: true });
    await mkdir(output);
    const made = async (name: string, codec: string, frames: number) => {
      const path = join(output, name);
      await writeFile(path, name);
      const facts = { source: 24, made: frames, repeated: 0, dropped: 0 };
      const clip = clipResult(name, {
        source_path: '/card/A001.mov',
        resolved_output_path: path,
        output_size_bytes: name.length,
        facts: {
          ...clipResult('x').facts,
          frames: facts,
          frame_rate: '24/1',
          timecode: '01:00:00:00',
          video_codec: codec,
          requested: { codec, container: 'mov', resolution: 'half', fps: null, looks: [] },
        },
      });
      const { output_xxh64: _, ...older } = clip;
      await writeFile(
        join(root, 'completed', `${name}.result.json`),
        JSON.stringify({ ...jobResult({ job_id: name }), clips: [older] }),
      );
    };
    await made('A001.mp4', 'h264', 24);
    await made('A001.mov', 'prores', 24);
    await made('A001_50.mov', 'dnxhd', 48);
    const { stdout } = await cliHere(['handover', root, '--output', join(root, 'lists'), '--link']);
    expect(stdout).toContain('1 further proxy of the same clips are in no script');
    expect(stdout).toContain('have the same frames as its clip');
    const script = await readFile(join(root, 'lists', 'handover-premiere.jsx'), 'utf8');
    expect(script).toContain(`"proxy":"${join(output, 'A001.mov')}"`);
    expect(script).not.toContain('A001.mp4');
    await rm(root, { recursive: true });
  });

  it.each([
    [['--notes', '/x'], 2, "unknown option '--notes'"],
    [['--links'], 2, "unknown option '--links'"],
    [['--link', '--output', ''], 2, '--output is empty'],
    [['--link', '--output', '/dev/null/lists'], 4, 'Name another folder with --output.'],
    [['--link', '--output', process.execPath], 4, 'Name another folder with --output.'],
    [['--link', '--jobs', 'night'], 1, '"night" is not a job of this watch folder.'],
    [['--link', '--jobs'], 2, "option '--jobs <job...>' argument missing"],
  ])('is refused in a sentence: %j', async (args, exitCode, sentence) => {
    const run = await handover('refused', ...args);
    expect(run.exitCode).toBe(exitCode);
    expect(run.stderr).toContain(sentence);
  });
});
