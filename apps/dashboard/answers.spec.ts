import { NextRequest } from 'next/server';
import { beforeAll, describe, expect, it, vi } from 'vitest';

const { settings, index } = vi.hoisted(() => ({
  settings: { allowHost: [], publicUrl: null, passwordHash: 'scrypt:2:8:1:c2FsdA:a2V5' },
  index: { listeners: 250, folders: [] },
}));
vi.mock('@/lib/live/watch-index.ts', () => ({ watchIndex: () => index }));
vi.mock('./lib/settings/settings.ts', () => ({ readSettings: () => settings }));
vi.mock('./lib/http/allowed-host.ts', () => ({
  isAllowedHost: (host: string | null) => host !== 'elsewhere.example',
}));
vi.mock('./lib/http/password.ts', () => ({ judge: async () => Promise.resolve('busy') }));

let proxy: (typeof import('./proxy.ts'))['proxy'];
let live: (request: Request) => Response;

beforeAll(async () => {
  ({ proxy } = await import('./proxy.ts'));
  ({ GET: live } = await import('./app/live/route.ts'));
});

const asked = (host: string) => new NextRequest('http://localhost/', { headers: { host } });

describe('an answer that is a refusal', () => {
  it('says which names are answered to', async () => {
    const answer = await proxy(asked('elsewhere.example'));
    expect([answer.status, await answer.text()]).toEqual([
      421,
      'This name is not one that the dashboard answers to. Use an address, or start it with --allow-host NAME.\n',
    ]);
  });

  it('says that passwords wait', async () => {
    const answer = await proxy(asked('localhost'));
    expect([answer.status, await answer.text()]).toEqual([
      429,
      'Too many passwords are being checked. Try again.\n',
    ]);
  });

  it('says that enough pages listen', async () => {
    const answer = live(new Request('http://localhost/live'));
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { error: '250 pages listen already. Reload this one to see what is new.' },
    ]);
  });

  it('says which states there are', async () => {
    const { GET } = await import('./app/api/jobs/[folder]/[state]/[name]/route.ts');
    const params = Promise.resolve({ folder: 'dailies', state: 'nowhere', name: 'a.json' });
    const answer = await GET(new Request('http://localhost/api/jobs'), { params });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { error: 'Unknown state. Expected one of pending, running, completed, failed.' },
    ]);
  });
});
