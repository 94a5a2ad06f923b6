import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const SCHEMA = fileURLToPath(new URL('../fixtures/ascmhl.rng', import.meta.url));

/** What libxml2 finds wrong with hash lists and chains of ASC MHL; `''` for nothing. */
export async function schemaErrors(...paths: readonly string[]): Promise<string> {
  const words = ['--noout', '--relaxng', SCHEMA, ...paths];
  const { exitCode, stderr } = await execa('xmllint', words, { reject: false });
  return exitCode === 0 ? '' : stderr;
}
