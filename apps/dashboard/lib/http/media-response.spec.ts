import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { mediaResponse } from './media-response.ts';

const directory = mkdtempSync(join(tmpdir(), 'media-response-'));
const path = join(directory, 'proxy.mp4');
// More than a stream takes in before somebody reads from it.
writeFileSync(path, Buffer.alloc(2 ** 20));
afterAll(() => rmSync(directory, { recursive: true }));

async function ask(init: RequestInit = {}): Promise<Response> {
  const file = await open(path);
  const request = new Request('http://localhost/media/x', init);
  return mediaResponse(request, { file, stats: await file.stat() }, 'video/mp4');
}

describe('proxies that are sent', () => {
  it('are 64 at a time, and others once one of them is done or given up', async () => {
    const sent: Response[] = [];
    while (sent.length < 64) sent.push(await ask());
    expect(sent.every(({ status }) => status === 200)).toBe(true);
    const refused = await ask();
    expect([refused.status, await refused.json()]).toEqual([
      503,
      { error: '64 proxies are being played already. Try again.' },
    ]);
    expect((await ask({ method: 'HEAD' })).status).toBe(200);

    await sent[0]?.body?.cancel();
    await vi.waitFor(async () => {
      sent.push(await ask());
      expect(sent.at(-1)?.status).toBe(200);
    });
    expect((await ask()).status).toBe(503);

    expect((await sent[1]?.arrayBuffer())?.byteLength).toBe(2 ** 20);
    await vi.waitFor(async () => {
      sent.push(await ask());
      expect(sent.at(-1)?.status).toBe(200);
    });
    for (const { body } of sent) await body?.cancel().catch(() => undefined);
  });

  it('take no place of readers who were gone before', async () => {
    for (let gone = 0; gone < 65; gone++) await ask({ signal: AbortSignal.abort() });
    const sent = await ask();
    expect(sent.status).toBe(200);
    await sent.body?.cancel();
  });
});
