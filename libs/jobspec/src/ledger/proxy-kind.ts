import type { RequestedProxy } from '../result/facts.ts';

/** Codecs with two names in the contract, by the one that is used here. */
const ALIASES: Readonly<Record<string, string>> = { h265: 'hevc' };
/** A file may say anything. */
const LONGEST = 40;

/**
 * What tells two proxies of one source apart, as it was asked for: `prores_proxy mov half`. A name of a file doesn't: a retry may need
 * another one. A proxy of another kind is another proxy, and no attempt at this one.
 *
 * @param index place of the source among those of the job: each may have a look of its own.
 * @returns without the size where a result doesn't tell it: that is a kind of its own. `null` where nothing is told.
 */
export function kindOf(requested: RequestedProxy | null, index = 0): string | null {
  if (requested === null) return null;
  // A field that is added here decides whether it makes another proxy. A rate of its own doesn't.
  const { codec, container, resolution, fps: _, looks, ...forgotten } = requested;
  forgotten satisfies Record<string, never>;
  const parts = [ALIASES[codec] ?? codec, container.toLowerCase(), resolution];
  const name = parts
    .filter((part) => part !== null)
    .join(' ')
    .slice(0, LONGEST);
  const look = (looks.length === 1 ? looks[0] : looks[index]) ?? '';
  return look === '' ? name : `${name} look ${look.slice(0, LONGEST)}`;
}

declare const isProxyKey: unique symbol;

/** Tells the proxy that is asked for: equal for all attempts at it. */
export type ProxyKey = string & { readonly [isProxyKey]: true };

/** @param source its path, in the one form that the caller compares paths in @param kind see {@link kindOf} */
export function proxyKeyOf(source: string, kind: string | null): ProxyKey {
  return JSON.stringify([source, kind]) as ProxyKey;
}

/** Attempts by the proxy that each is one at, in their order. */
export function byProxy<A extends { source: string; kind: string | null }>(
  attempts: Iterable<A>,
): Map<ProxyKey, A[]> {
  const proxies = new Map<ProxyKey, A[]>();
  for (const attempt of attempts) {
    const key = proxyKeyOf(attempt.source, attempt.kind);
    const known = proxies.get(key);
    if (known === undefined) proxies.set(key, [attempt]);
    else known.push(attempt);
  }
  return proxies;
}
