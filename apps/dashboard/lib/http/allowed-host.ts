import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { Settings } from '../index/settings.ts';

/**
 * Whether a request is for a name of ours. Any page can give its own name this machine's address, and its scripts then read
 * what is answered to that name. Addresses can't be given away like that.
 * @param header `Host` of the request
 */
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

/** Without its port, in lower case, without the dot that may end it. */
function hostOf(authority: string): string | null {
  const [, host] = /^(\[[\da-f:.]+\]|[^:/@\s]+)(?::\d+)?(?:\/.*)?$/iu.exec(authority) ?? [];
  return host?.toLowerCase().replace(/\.$/u, '') ?? null;
}
