import type { JsonObject } from '../json/narrow.ts';

/**
 * A JobSpec for some of the sources of another one. All else stays, so that the proxies are the same ones.
 *
 * @param spec a JobSpec that honours the contract, as JSON
 * @param indices places of the sources, in the order of the new job
 * @param jobId of the new job; not used where the other one has none, whose id follows from its bytes
 * @returns `null` when its names tell clips apart by their places in the job, or by the job
 */
export function jobForSources(
  spec: JsonObject,
  indices: readonly number[],
  jobId: string,
): JsonObject | null {
  const { sources, naming_template: template } = spec;
  if (!Array.isArray(sources) || /\{(index|job_id)\}/.test(String(template))) return null;
  const chosen = <Value>(values: readonly Value[]) => indices.map((index) => values[index]);
  const job: JsonObject = { ...spec, sources: chosen(sources) };
  if ('job_id' in spec) job['job_id'] = jobId;
  const viewing = spec['viewing'] as { look?: { cdl?: unknown[] } } | undefined;
  const cdl = viewing?.look?.cdl;
  // One for all, or one for each source.
  if (cdl !== undefined && cdl.length > 1)
    job['viewing'] = { ...viewing, look: { ...viewing?.look, cdl: chosen(cdl) } };
  return job;
}
