import { isObject, type JsonObject } from '../json/narrow.ts';

/**
 * JobSpec for some of the sources of another one. Everything else stays, including the id, which may be part of names
 * and burnt-in text, so that the proxies are the same.
 *
 * @param spec valid JobSpec as JSON
 * @param indices indices of the sources, in the order of the new job
 * @param jobId id of the other job, which may follow from its bytes
 * @returns `null` if its names depend on the index of a clip
 */
export function jobForSources(
  spec: JsonObject,
  indices: readonly number[],
  jobId: string,
): JsonObject | null {
  const { sources, naming_template: template } = spec;
  if (!Array.isArray(sources)) return null;
  const isWhole =
    indices.length === sources.length && indices.every((index, place) => index === place);
  if (isWhole) return { ...spec, job_id: jobId };
  if (String(template).includes('{index}')) return null;
  const chosen = <Value>(values: readonly Value[]) => indices.map((index) => values[index]);
  const job: JsonObject = { ...spec, job_id: jobId, sources: chosen(sources) };
  const viewing = viewingOf(spec['viewing'], chosen);
  if (viewing === null) delete job['viewing'];
  else job['viewing'] = viewing;
  return job;
}

interface AnyViewing {
  look?: { cdl?: readonly unknown[]; lut?: unknown };
}

/**
 * `viewing` with the CDLs of the chosen sources (there is one CDL for all sources, or one for each). `null` if nothing
 * is left of it.
 */
function viewingOf(
  value: unknown,
  chosen: (cdls: readonly unknown[]) => unknown[],
): AnyViewing | null {
  if (!isObject(value)) return null;
  const { look, ...rest } = value as AnyViewing;
  const { cdl, ...others } = look ?? {};
  if (cdl === undefined || cdl.length === 1) return value;
  const left = chosen(cdl);
  if (left.some((one) => one !== null)) return { ...rest, look: { ...others, cdl: left } };
  if (others.lut !== undefined) return { ...rest, look: others };
  return Object.keys(rest).length === 0 ? null : rest;
}
