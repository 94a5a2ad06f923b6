import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** Errors of a result by `schemas/result.schema.json`, as readable lines. */
export async function resultSchemaErrors(result: unknown): Promise<string[]> {
  const validate = await validator;
  if (validate(result)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const validator = compile();

async function compile() {
  const file = new URL('../../schemas/result.schema.json', import.meta.url);
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
  addFormats.default(ajv);
  return ajv.compile(JSON.parse(await readFile(file, 'utf8')) as object);
}
