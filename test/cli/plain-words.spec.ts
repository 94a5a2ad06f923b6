import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { beforeEach, describe, expect, it } from 'vitest';
import { cli, MAIN } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({
  'a.mov': { width: 64, height: 36, frames: 3 },
  'long.mov': { width: 320, height: 180, frames: 250 },
});
const folder = useWatchFolder();

describe('a word that is nearly right', () => {
  it.each([
    [['/nowhere', '--max-worker', '2'], '(Did you mean --max-workers?)'],
    [['schema'], 'Expected "jobspec" or "result", got nothing.'],
  ])('%j is answered with what there is', async (args, sentence) => {
    const { exitCode, stderr } = await cli(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(sentence);
  });

  it.each([
    [['--help'], /^Examples:\n {2}watch-folder-runner make /m],
    [['plan', '--help'], /^Codecs:\n {2}prores_proxy .* h264 .* av1$/m],
    [['handover', '--help'], /^Examples:\n {2}watch-folder-runner handover /m],
  ])('%j has examples', async (args, words) => {
    expect((await cli(args)).stdout).toMatch(words);
  });
});

describe('a job of several clips, one of which fails', () => {
  let damaged = '';

  beforeEach(async () => {
    await mkdir(folder().beside('A001'));
    const at = (name: string) => folder().beside(`A001/${name}`);
    for (const name of ['C001.mov', 'C002.mov', 'C003.mov']) await cp(clips['a.mov'], at(name));
    damaged = at('C002.mov');
    const bytes = await readFile(damaged);
    const media = bytes.indexOf('mdat');
    const end = media - 4 + bytes.readUInt32BE(media - 4);
    await writeFile(damaged, bytes.fill(0, end - 40, end));
    const sources = ['C001.mov', 'C002.mov', 'C003.mov'].map(at);
    await folder().dropJob('a.json', { sources, naming_template: '{source_name}' });
  });

  it('names it in log and reason, and hands over what was never begun', async () => {
    const { stderr, stdout } = await cli([folder().root, '--once']);
    expect(stdout + stderr).toContain(`clip 2 of 3 failed after`);
    expect(stdout + stderr).toContain(`"${damaged}": `);
    const [job] = await folder().archived();
    expect(job?.result.failure_reason).toMatch(/^C002\.mov \(clip 2 of 3\): /);
    expect(job?.result.clips[1]?.failure_reason).not.toContain('clip 2 of 3');
    const handover = await cli(['handover', folder().root, '--output', folder().beside('lists')]);
    expect(handover.exitCode).toBe(1);
    expect(handover.stdout).toContain('1 done, 1 failed, 1 missing.');
    expect(handover.stderr).toMatch(/^Not all proxies are done/);
  });
});

describe('a terminal', () => {
  it('has a line that moves while a clip is made, and is told how to stop', async () => {
    await folder().dropJob('a.json', {
      sources: [clips['long.mov']],
      codec: 'vp9',
      container: 'webm',
      resolution: 'same',
    });
    const seen = folder().beside('seen');
    const command = `"${process.execPath}" "${MAIN}" "${folder().root}" --poll-seconds 0.05 --shutdown-grace-seconds 300`;
    const terminal = execa('script', ['-qefc', command, seen], { stdin: 'pipe', reject: false });
    const has = async (words: RegExp) => words.test(await readFile(seen, 'utf8').catch(() => ''));
    await expect
      .poll(() => has(/\u001B\[K\[[#.]{20}\] 0 of 1 job, \d+ % · long\.mov: encoding/), {
        timeout: 60_000,
      })
      .toBe(true);
    terminal.stdin.write('\u0003');
    await expect
      .poll(() => has(/Running jobs may end within [^;]+; a second signal stops them at once/), {
        timeout: 60_000,
      })
      .toBe(true);
    await terminal;
    expect((await folder().archived())[0]?.result.final_status).toBe('COMPLETED');
  });
});
