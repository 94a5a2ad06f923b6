import { grouped } from '../json/grouped.ts';
import type { RequestedProxy } from '../result/facts.ts';
import { ownCodec } from '../vocabulary/vocabulary.ts';

/** Maximum length of a part: the file is untrusted. */
const LONGEST = 40;

/**
 * Kind of a requested proxy, which distinguishes proxies of one source: `prores_proxy mov half`. File names don't
 * distinguish proxies: a retry may need another one. An attempt at another kind is an attempt at another proxy.
 *
 * @param index index of the source in the job: each may have its own look.
 * @returns `null` if the request is unknown. If a result lacks the size, the kind has none, and differs from the same
 * kind with a size.
 */
export function kindOf(requested: RequestedProxy | null, index = 0): string | null {
  if (requested === null) return null;
  // A new field must decide here whether it makes another proxy. A frame rate doesn't.
  const { codec, container, resolution, fps: _, looks, ...forgotten } = requested;
  forgotten satisfies Record<string, never>;
  const parts = [ownCodec(codec), container.toLowerCase(), resolution];
  const name = parts
    .filter((part) => part !== null)
    .join(' ')
    .slice(0, LONGEST);
  const look = (looks.length === 1 ? looks[0] : looks[index]) ?? '';
  return look === '' ? name : `${name} look ${look.slice(0, LONGEST)}`;
}

declare const isProxyKey: unique symbol;

/** Key of a requested proxy, equal for all attempts at it. */
export type ProxyKey = string & { readonly [isProxyKey]: true };

/** @param source its path, in the form in which the caller compares paths @param kind see {@link kindOf} */
export function proxyKeyOf(source: string, kind: string | null): ProxyKey {
  return JSON.stringify([source, kind]) as ProxyKey;
}

/** Groups attempts by their proxy, in their order. */
export function byProxy<A extends { source: string; kind: string | null }>(
  attempts: Iterable<A>,
): Map<ProxyKey, A[]> {
  return grouped(attempts, ({ source, kind }) => proxyKeyOf(source, kind));
}
