import { JobFailure, parseJobSpec } from '@app/jobspec';
import type { Configuration } from '../config/settings.module.ts';
import { ExitCode } from './exit-code.ts';
import { errorMessage, openNamed, readJobFile } from '@app/storage';
import { printLines } from '../logging/print.ts';
import { createQuietApplication } from './application.ts';
import { ValidationService } from '../validation/validation.service.ts';
import { failureLines, type RefusedFile } from './failure-lines.ts';

/** Verdict on one file, which `--json` prints as one line. */
interface FileReport extends RefusedFile {
  valid: boolean;
  job_id: string | null;
  execution_engine: string | null;
  engine_routing_reason: string | null;
  outputs: string[];
}

/** Checks contract, files and routing; runs and writes nothing. @returns the exit code. */
export async function validateFiles(
  files: readonly string[],
  asJson: boolean,
  configuration: Configuration,
): Promise<number> {
  const app = await createQuietApplication(configuration);
  const validation = app.get(ValidationService, { strict: false });
  let exitCode: number = ExitCode.Success;
  for (const file of files) {
    const verdict = await validateFile(file, validation);
    exitCode = Math.max(exitCode, exitCodeOf(verdict));
    printLines(asJson ? [JSON.stringify(verdict)] : describe(verdict));
  }
  await app.close();
  return exitCode;
}

async function validateFile(file: string, validation: ValidationService): Promise<FileReport> {
  const verdict: FileReport = {
    file,
    valid: false,
    job_id: null,
    execution_engine: null,
    engine_routing_reason: null,
    outputs: [],
    failure_type: null,
    failure_reason: null,
    violations: [],
  };
  try {
    const { reading } = await readJobFile(file, openNamed);
    verdict.job_id = reading.jobId;
    const job = await validation.validate(parseJobSpec(reading), reading.jobId);
    verdict.execution_engine = job.engine.name;
    verdict.engine_routing_reason = job.routingReason;
    verdict.outputs = job.clips.map((clip) => clip.outputPath);
    await job.engine.version();
    verdict.valid = true;
  } catch (error) {
    verdict.failure_type = error instanceof JobFailure ? error.type : null;
    verdict.failure_reason = errorMessage(error);
    verdict.violations = error instanceof JobFailure ? error.violations : [];
  }
  return verdict;
}

/** An unreadable file is a usage error, not an invalid JobSpec. */
function exitCodeOf({ valid, failure_type }: FileReport): number {
  if (valid) return ExitCode.Success;
  return failure_type === null ? ExitCode.Usage : ExitCode.JobFailed;
}

function describe(verdict: FileReport): string[] {
  if (verdict.valid) {
    const { length } = verdict.outputs;
    const proxies = `${length} ${length === 1 ? 'proxy' : 'proxies'} by ${verdict.execution_engine}`;
    return [`${verdict.file}: valid, ${proxies}`, ...verdict.outputs.map((path) => `  ${path}`)];
  }
  return failureLines(verdict);
}
