import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { execa, execaSync } from 'execa';
import { describe, expect, it } from 'vitest';
import { cli, MAIN } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { jobSpec } from '../support/job-spec.ts';
import { makeTaggedMov } from '../support/raw-fakes.ts';
import { isRoot, NOBODY } from '../support/root.ts';
import { runOnce } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({
  'a.mov': { frames: 2 },
  'b.mov': { frames: 2 },
  'sound.mov': { codec: null, audioTracks: [1] },
});
const folder = useWatchFolder();

async function refuse(...sources: string[]) {
  await folder().dropJob('x.json', { sources, naming_template: '{index}' });
  await runOnce(folder());
  const result = await folder().result('x.json');
  expect(result).toMatchObject({
    final_status: 'PARTIAL',
    clips: [],
    total_clips: sources.length,
  });
  expect(await folder().names('output')).toEqual([]);
  return result;
}

const FOLDER =
  '. A folder without RAW frames is not a source: name the clip inside; of a RED clip, the .R3D; of images such as EXR and DPX, make a clip first.';

const missing = (reason: string) => ({
  failure_type: 'MissingSourcesError',
  failure_reason: `Missing source files: ${reason}`,
});

describe('sources that are not there', () => {
  it('are all named, in their order, and those that are there are not', async () => {
    expect(await refuse('/nowhere/z.mov', clips['a.mov'], '/nowhere/a.mov')).toMatchObject(
      missing('/nowhere/z.mov, /nowhere/a.mov'),
    );
  });

  it('include the target of a dangling link and a path below a file', async () => {
    const link = folder().beside('link.mov');
    await symlink('/nowhere/a.mov', link);
    const below = `${clips['a.mov']}/b.mov`;
    expect(await refuse(link, below)).toMatchObject(missing(`${link}, ${below}`));
  });
});

describe('sources that are no files', () => {
  it.each<[string, string, (path: string) => Promise<unknown>]>([
    ['a FIFO', 'a FIFO, not a file', (path) => execa('mkfifo', [path])],
    ['a link to a device', 'a device, not a file', (path) => symlink('/dev/zero', path)],
    ['a link to itself', 'too many symbolic links encountered', (path) => symlink(path, path)],
  ])('are named as what they are and never opened: %s', async (_, what, make) => {
    const path = folder().beside('source.mov');
    await make(path);
    expect(await refuse(path)).toMatchObject(missing(`${path} (${what})`));
  });

  it('are folders without RAW frames, with what to do', async () => {
    const [empty, red] = [folder().beside('empty'), folder().beside('A001.RDC')];
    await mkdir(empty);
    await mkdir(red);
    await writeFile(`${red}/A001_001.R3D`, 'RED2');
    expect(await refuse(empty, '/nowhere/a.mov', red)).toMatchObject(
      missing(`${empty} (not a file), /nowhere/a.mov, ${red} (not a file)${FOLDER}`),
    );
  });

  it('are named as what they are and never opened: a socket', async () => {
    const path = folder().beside('source.mov');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    try {
      expect(await refuse(path)).toMatchObject(missing(`${path} (a socket, not a file)`));
    } finally {
      server.close();
    }
  });
});

describe('sources that may not be read', () => {
  it.runIf(isRoot)('are named', async () => {
    const [closed, hidden] = [folder().beside('closed.mov'), folder().beside('hidden')];
    await writeFile(closed, '');
    await chmod(closed, 0o600);
    await mkdir(hidden, { mode: 0o700 });
    await folder().dropJob('x.json', { sources: [closed, `${hidden}/a.mov`] });
    await folder().giveTo(NOBODY);
    const { exitCode } = await cli([folder().root, '--once'], { uid: NOBODY });
    expect(exitCode).toBe(1);
    expect(await folder().result('x.json')).toMatchObject(
      missing(`${closed} (not readable), ${hidden}/a.mov (not readable)`),
    );
  });
});

describe('sources that no engine takes', () => {
  it.each<[string, string, () => Promise<string> | string]>([
    [
      'an empty file',
      'is empty',
      async () => {
        await writeFile(folder().beside('empty.mov'), '');
        return folder().beside('empty.mov');
      },
    ],
    [
      'a text',
      'Unsupported format',
      async () => {
        await writeFile(folder().beside('text.mov'), 'no clip');
        return folder().beside('text.mov');
      },
    ],
    ['sound without picture', 'Unsupported format', () => clips['sound.mov']],
  ])('are refused with what to do: %s', async (_, reason, make) => {
    const path = await make();
    const { failure_type, failure_reason } = await refuse(clips['a.mov'], path);
    expect(failure_type).toBe('UnsupportedFormatError');
    expect(failure_reason).toMatch(/^Unsupported format: /);
    expect(failure_reason).toContain(path);
    expect(failure_reason).toContain(reason);
  });
});

describe('sources of both engines', () => {
  it('are refused with the count of each', async () => {
    const raw = await makeTaggedMov(folder().beside('.'), 'r.braw', 'brvl');
    expect(await refuse(clips['a.mov'], raw, clips['b.mov'])).toMatchObject({
      failure_type: 'MixedEngineError',
      failure_reason:
        'Job contains sources requiring different engines. FFmpeg sources: 2, Resolve sources: 1. ' +
        `Split into separate jobs or transcode RAW files to an intermediate codec. For FFmpeg: ${clips['a.mov']}, ${clips['b.mov']}. For Resolve: ${raw}`,
    });
  });
});

describe('a folder of frames', () => {
  const canTrace =
    execaSync('strace', ['-o', '/dev/null', 'true'], { reject: false }).exitCode === 0;

  it.runIf(canTrace)(
    'is listed once, and no frame of it opened, while a job is validated',
    async () => {
      const frames = folder().beside('frames');
      await mkdir(frames);
      for (const number of [1, 2, 3]) await writeFile(`${frames}/A.${number}.ari`, 'frame');
      const job = folder().beside('job.json');
      const { output } = folder();
      const spec = jobSpec({ sources: [frames], output_directory: output, codec: 'dnxhr' });
      await writeFile(job, JSON.stringify(spec));
      const log = folder().beside('calls.log');
      const trace = ['-f', '-y', '-o', log, '-e', 'trace=open,openat', '--', process.execPath];
      await execa('strace', [...trace, MAIN, 'validate', job], { reject: false });
      const calls = (await readFile(log, 'utf8'))
        .split('\n')
        // What is held isn't opened.
        .filter((call) => call.includes(frames) && !call.includes('O_PATH'));
      expect(calls).toHaveLength(1);
      expect(calls[0]).toContain('O_DIRECTORY');
    },
  );
});
