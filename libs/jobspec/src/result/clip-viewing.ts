import { basename } from 'node:path/posix';
import { amount, filled, isObject, list, type Json, type JsonObject } from '../json/narrow.ts';
import type { JobCdl, JobLook, Triple, Viewing } from '../vocabulary/viewing.ts';

/** What was done to the picture of one clip. */
export interface ClipViewing {
  cdl: JobCdl | null;
  /** `name` is that of its file. */
  lut: { name: string; path: string; sha256: string } | null;
  /** How the proxy is tagged; `null` where the tags of the source stay. */
  becomes: string | null;
  /** Burnt-in texts, with their tokens. */
  texts: readonly string[];
}

/**
 * What was done to the picture of a clip, by what its result repeats of the JobSpec.
 *
 * @param viewing `_metadata.asked.viewing`, of whatever quality. @param index place of the clip among those of the job.
 * @returns `null` where the picture stays as it is.
 */
export function clipViewing(viewing: unknown, index: number): ClipViewing | null {
  if (!isObject(viewing)) return null;
  const { look, burn_in, ...forgotten }: Json<Viewing> = viewing;
  forgotten satisfies Record<string, never>;
  const looked: Json<JobLook> = isObject(look) ? look : {};
  const { cdl: all, lut: file, becomes, lut_range: _, ...forgottenLook } = looked;
  forgottenLook satisfies Record<string, never>;
  const cdls = list(all);
  const cdl = readCdl(cdls.length === 1 ? cdls[0] : cdls[index]);
  const lut = readLut(file);
  const texts = list(burn_in).flatMap((one) => (isObject(one) ? (filled(one['text']) ?? []) : []));
  const isLooked = cdl !== null || lut !== null;
  if (!isLooked && texts.length === 0) return null;
  return { cdl, lut, becomes: isLooked ? filled(becomes) : null, texts };
}

function readCdl(value: unknown): JobCdl | null {
  if (!isObject(value)) return null;
  const [slope, power] = [triple(value, 'slope'), triple(value, 'power')];
  const offset = triple(value, 'offset');
  const saturation = amount(value['saturation']);
  if (slope === null || offset === null || power === null || saturation === null) return null;
  return { slope, offset, power, saturation };
}

function triple(cdl: JsonObject, key: string): Triple | null {
  const numbers = list(cdl[key]).filter((one) => Number.isFinite(one));
  return numbers.length === 3 ? (numbers as unknown as Triple) : null;
}

function readLut(value: unknown): ClipViewing['lut'] {
  if (!isObject(value)) return null;
  const [path, sha256] = [filled(value['path']), filled(value['sha256'])];
  if (path === null || sha256 === null) return null;
  return { name: basename(path.replaceAll('\\', '/')), path, sha256 };
}
