import { cli, cliHere, type CliOptions, type CliRun } from './cli.ts';

/** Output of `plan --json`. */
export interface PlanReport {
  cards: { medium: string; card: string | null; clips: number }[];
  jobs: {
    name: string;
    state: string;
    execution_engine: string | null;
    outputs: string[];
    jobspec: { sources: string[]; output_directory: string; codec: string };
  }[];
  already_made: number;
  already_submitted: number;
  left_out: { kind: string; count: number }[];
  warnings: { path: string; reason: string }[];
  links: number;
  hash_lists: string[];
  hashes: { matched: number; unlisted: string[] } | null;
  problems: { path: string; kind: string; reason: string }[];
}

/** Files of tests are new: nothing is gained by waiting whether they grow. */
const SETTLE_SECONDS = '0';

/** Runs `plan` on media: in this process, unless it is to have a user or an environment of its own. */
export function plan(args: readonly string[], options?: CliOptions) {
  if (options === undefined) return cliHere(['--settle-seconds', SETTLE_SECONDS, 'plan', ...args]);
  const env = { WFR_SETTLE_SECONDS: SETTLE_SECONDS, ...options.env };
  return cli(['plan', ...args], { ...options, env });
}

/** The same with `--json`. */
export async function planned(
  args: readonly string[],
  options?: CliOptions,
): Promise<CliRun & { report: PlanReport }> {
  const run = await plan([...args, '--json'], options);
  if (run.stdout === '') throw new Error(`no plan: ${run.stderr}`);
  return { ...run, report: JSON.parse(run.stdout) as PlanReport };
}

/** The sources of all jobs for an engine, in order. */
export function sourcesFor({ jobs }: PlanReport, engine: string): string[] {
  return jobs
    .filter((job) => job.execution_engine === engine)
    .flatMap(({ jobspec }) => jobspec.sources)
    .toSorted();
}
