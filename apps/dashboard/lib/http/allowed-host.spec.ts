import { describe, expect, it } from 'vitest';
import { isAllowedHost } from './allowed-host.ts';

const settings = { allowedHosts: ['proxies.example', '*.facility.example'] };
const allows = (host: string | null) => isAllowedHost(host, settings, 'Ingest-01');

describe('the names that are answered to', () => {
  it.each([
    '127.0.0.1:3000',
    '192.168.7.5',
    '[::1]:3000',
    'localhost',
    'LOCALHOST:3000',
    'ingest-01:3000',
    'ingest-01.local',
    'proxies.example.',
    'a.b.facility.example:3000',
  ])('are addresses, this machine, and those that are set: %s', (host) => {
    expect(allows(host)).toBe(true);
  });

  it.each([
    null,
    '',
    'evil.example',
    'evil.example:3000',
    'proxies.example.evil.example',
    'facility.example',
    'xfacility.example',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    'user@localhost',
    'localhost evil',
  ])('are no others: %s', (host) => {
    expect(allows(host)).toBe(false);
  });
});
