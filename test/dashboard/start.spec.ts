import { execa } from 'execa';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FilledFolder } from '../support/filled-folder.ts';
import { startDashboard, until } from './dashboard.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const START = `${root}scripts/dashboard.mjs`;

describe('starting the dashboard', () => {
  it('takes a folder whose name has spaces and letters of any script', async () => {
    const folder = new FilledFolder();
    folder.archive('fine');
    const dashboard = await startDashboard([`Übergabe Day 3=${folder.path}`]);
    const name = encodeURIComponent('Übergabe Day 3');
    for (const path of [`/api/jobs?folder=${name}`, `/api/jobs/${name}/completed/fine.json`])
      expect((await dashboard.get(path)).status).toBe(200);
    const page = await dashboard.get(`/jobs/${name}/completed/fine.json`);
    expect(await page.text()).toContain('1 of 1 clip done.');
    await dashboard.stop();
    folder.remove();
  });

  it('says in a sentence that a port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const args = [START, 'a', '--port', String(port)];
    const { all, exitCode } = await execa(process.execPath, args, { all: true, reject: false });
    other.close();
    expect(all).toBe(
      `Port ${port} of 127.0.0.1 is in use. Choose another with --port N, or 0 for any free one.`,
    );
    expect(exitCode).toBe(1);
  });

  it('says in a sentence where the index can’t be kept, and ends', async () => {
    const args = [START, root, '--port', '0', '--data-dir', '/dev/null/index'];
    const { all, exitCode } = await execa(process.execPath, args, { all: true, reject: false });
    expect(all).toMatch(
      /^The index can't be kept in \/dev\/null\/index \(ENOTDIR.*\)\. Name a directory on a local disk with --data-dir PATH\.$/mu,
    );
    expect(exitCode).toBe(2);
  });

  it('ends with the npm that started it', async () => {
    const folder = new FilledFolder();
    const args = ['run', '--silent', 'dashboard', '--', folder.path, '--port', '0'];
    const npm = execa('npm', args, { cwd: root, reject: false, buffer: false, all: true });
    let output = '';
    npm.all.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until(() => output.includes('Ready'));
    const url = /Local: +(http:\S+)/u.exec(output)?.[1] ?? '';
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    npm.kill();
    await until(async () =>
      fetch(`${url}/healthz`)
        .then(() => false)
        .catch(() => true),
    );
    folder.remove();
  });
});
