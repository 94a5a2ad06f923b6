import { jobSpecSchema, resultSchema } from '@app/jobspec';
import { complain, printText } from '../logging/print.ts';
import { ExitCode } from './exit-code.ts';

const SCHEMAS = new Map([
  ['jobspec', jobSpecSchema],
  ['result', resultSchema],
]);

/** Prints the JSON Schema of a document. @returns the exit code. */
export function printSchema(document: string | undefined): number {
  const schema = SCHEMAS.get(document ?? '');
  if (!schema) {
    const came = document === undefined ? 'nothing' : `"${document}"`;
    complain(`Expected "jobspec" or "result", got ${came}.`);
    return ExitCode.Usage;
  }
  printText(JSON.stringify(schema(), null, 2));
  return ExitCode.Success;
}
