import { isObject } from '../reading/json-value.ts';
import type { JobReading } from './job-reading.ts';

/**
 * The same JobSpec with its paths as they are called here: sources, output directory and the table of a look.
 *
 * @param map a path as it is called here; the same where nothing is to be said
 */
export function withMappedPaths(reading: JobReading, map: (path: string) => string): JobReading {
  const mapped: Record<string, string> = {};
  const put = (field: string, value: unknown) => {
    if (typeof value !== 'string') return value;
    const here = map(value);
    if (here !== value) mapped[field] = value;
    return here;
  };
  const fields: Record<string, unknown> = { ...reading.fields };
  const { sources, output_directory: directory, viewing } = fields;
  if (Array.isArray(sources))
    fields['sources'] = sources.map((source, index) => put(`sources[${index}]`, source));
  if (directory !== undefined) fields['output_directory'] = put('output_directory', directory);
  const look = isObject(viewing) ? viewing.get('look') : undefined;
  const lut = isObject(look) ? look.get('lut') : undefined;
  if (isObject(viewing) && isObject(look) && isObject(lut) && lut.has('path')) {
    const path = put('viewing.look.lut.path', lut.get('path'));
    const here = new Map([...lut, ['path', path]]);
    fields['viewing'] = new Map([...viewing, ['look', new Map([...look, ['lut', here]])]]);
  }
  return Object.keys(mapped).length === 0 ? reading : { ...reading, fields, mapped };
}
