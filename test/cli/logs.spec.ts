import { beforeEach, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const folder = useWatchFolder();
const HOSTILE = 'a\n{"level":"fatal"}\u001B[2J\u2028"\\.json';

beforeEach(async () => {
  await folder().drop(HOSTILE, JSON.stringify({ job_id: '\u001B[31m\nx', codec: 'y\nz' }));
  await folder().dropJob('b.json', { sources: ['/no\nwhere/\u001B[2Ja.mov'] });
});

describe('the log', () => {
  it('is one JSON object a line when asked, whatever names and values hold', async () => {
    const { stdout, stderr } = await cli([folder().root, '--once', '--log-format', 'json']);
    const lines = [stdout, stderr].flatMap((text) => text.split('\n')).filter(Boolean);
    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries.length).toBeGreaterThanOrEqual(6);
    for (const entry of entries) {
      expect(entry).toMatchObject({
        level: expect.any(String),
        message: expect.any(String),
        context: expect.any(String),
      });
    }
  });

  it('is one line an event without control characters when it is text for a file', async () => {
    const { stdout, stderr } = await cli([folder().root, '--once']);
    const lines = [stdout, stderr].flatMap((text) => text.split('\n')).filter(Boolean);
    for (const line of lines) {
      expect(line).toMatch(/^\[runner\] \d+ +- \d{4}-\d\d-\d\dT[\d:.]+Z +(LOG|WARN|ERROR) \[/);
      // oxlint-disable-next-line eslint/no-control-regex
      expect(line).not.toMatch(/[\u0000-\u001F\u2028]/);
    }
  });

  it('shows less when asked', async () => {
    const { stdout } = await cli([folder().root, '--once', '--log-level', 'warn']);
    expect(stdout).not.toContain('claimed by worker');
    expect(stdout).toContain('JobSpecValidationError');
  });
});
