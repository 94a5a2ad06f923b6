import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { Settings } from '../index/settings.ts';

/** True if a `Host` header names this machine: an IP address or an allowed name. Protects against DNS rebinding. */
export function isAllowedHost(
  header: string | null,
  { allowedHosts }: Pick<Settings, 'allowedHosts'>,
  machine = hostname(),
): boolean {
  const host = hostOf(header ?? '');
  if (host === null) return false;
  if (isIP(host.replace(/^\[|\]$/gu, '')) !== 0) return true;
  const own = machine.toLowerCase();
  const names = ['localhost', own, `${own}.local`];
  return names.includes(host) || allowedHosts.some((allowed) => matches(host, allowed));
}

function matches(host: string, allowed: string): boolean {
  return allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed;
}

/** Host name in lower case, without port and trailing dot. */
function hostOf(authority: string): string | null {
  const [, host] = /^(\[[\da-f:.]+\]|[^:/@\s]+)(?::\d+)?(?:\/.*)?$/iu.exec(authority) ?? [];
  return host?.toLowerCase().replace(/\.$/u, '') ?? null;
}
