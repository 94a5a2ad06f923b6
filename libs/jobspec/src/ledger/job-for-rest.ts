import { isObject, type JsonObject } from '../json/narrow.ts';

/**
 * A JobSpec for some of the sources of another one. All else stays, its id too, so that the proxies are the same ones: names and
 * burnt-in text may have it.
 *
 * @param spec a JobSpec that honours the contract, as JSON
 * @param indices places of the sources, in the order of the new job
 * @param jobId of the other job: where it gives none, its id follows from its bytes
 * @returns `null` when its names tell clips apart by their places in the job
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

/** CDLs are one for all, or one for each source; where none is left, there is nothing to say. */
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
