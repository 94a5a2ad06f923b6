import { amount, filled, isObject, type JsonObject } from '../json/narrow.ts';
import type { RequestedProxy } from './facts.ts';
import { lookKeys } from './looks.ts';

/** Requested proxies by a JobSpec, a result's metadata or its facts; `null` if it has none. */
export function readRequested(value: unknown): RequestedProxy | null {
  if (!isObject(value)) return null;
  const codec = filled(value['codec']);
  const container = filled(value['container']);
  if (codec === null || container === null) return null;
  return {
    codec,
    container,
    resolution: filled(value['resolution']),
    fps: amount(value['fps'] ?? value['fps_explicit']),
    looks: readLooks(value),
  };
}

function readLooks({ looks, viewing }: JsonObject): readonly string[] {
  if (!Array.isArray(looks)) return lookKeys(viewing);
  return looks.filter((key) => typeof key === 'string');
}
