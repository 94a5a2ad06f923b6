// npm run schemas: writes schemas/ from the compiled library. Run it after each change of the contract.
import { writeFileSync } from 'node:fs';
import { jobSpecSchema, resultSchema } from '../dist/libs/jobspec/src/index.js';

/** @param {string} name @param {object} schema */
function write(name, schema) {
  const file = new URL(`../schemas/${name}.schema.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
}

write('jobspec', jobSpecSchema());
write('result', resultSchema());
