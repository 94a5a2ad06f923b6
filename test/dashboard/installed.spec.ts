import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, it } from 'vitest';
import { commands, ROOT } from '../docs/blocks.ts';
import { FilledFolder } from '../support/filled-folder.ts';
import { until } from './dashboard.ts';

const place = mkdtempSync(join(tmpdir(), 'installed-'));
const folder = new FilledFolder();
afterAll(() => {
  rmSync(place, { recursive: true });
  folder.remove();
});

/** What the document puts onto a server, put below a folder. */
async function install() {
  const block = commands().find(({ text }) => text.includes('watch-folder-runner-dashboard\n'));
  const lines = block?.text.split('\n').filter((line) => /^(install|cp) /.test(line)) ?? [];
  expect(lines.length).toBeGreaterThan(2);
  const script = lines.join('\n').replaceAll(/ (\/(opt|etc)\/)/g, ` ${place}$1`);
  await execa('sh', ['-euc', script], { cwd: ROOT });
}

it('starts from what the document copies, as its unit and its environment file start it', async () => {
  await install();
  const read = (path: string) => readFileSync(join(place, path), 'utf8');
  const unit = read('etc/systemd/system/watch-folder-runner-dashboard.service');
  const [, command = ''] = /^ExecStart=node (\S+)$/m.exec(unit) ?? [];
  const [, file = ''] = /^EnvironmentFile=(\S+)$/m.exec(unit) ?? [];
  const settings = read(file).matchAll(/^(WFR_\w+)="?([^"\n]*)"?$/gm);
  const env = {
    ...Object.fromEntries(Array.from(settings, ([, name = '', value = '']) => [name, value])),
    WFR_DASHBOARD_FOLDERS: folder.path,
    WFR_DASHBOARD_PORT: '0',
    CACHE_DIRECTORY: join(place, 'cache'),
  };
  folder.archive('fine');
  // As a service: from the root of everything, with nothing of this checkout.
  const options = { env, cwd: '/', all: true, reject: false, buffer: false } as const;
  const server = execa(process.execPath, [join(place, command)], options);
  let output = '';
  server.all.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let url = '';
  await until(() => {
    url = /Local: +(http:\S+)/u.exec(output)?.[1] ?? '';
    if (server.exitCode !== null) throw new Error(output);
    return url !== '' && output.includes('Ready');
  });
  const answer = await fetch(`${url}/api/jobs`);
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('fine')]);
  server.kill();
  await server;
});
