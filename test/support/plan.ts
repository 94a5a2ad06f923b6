import { cli, type CliOptions, type CliRun } from './cli.ts';

/** What `plan --json` prints. */
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
  failed_before: string[];
  left_out: { kind: string; count: number }[];
  warnings: { path: string; reason: string }[];
  links: number;
  spanned: string[][];
  incomplete: string[];
  hash_lists: string[];
  hashes: { matched: number; unlisted: string[] } | null;
  problems: { path: string; kind: string; reason: string }[];
}

/** Files of tests are new: nothing is gained by waiting whether they grow. */
const QUICK = { WFR_SETTLE_SECONDS: '0.05' };

/** Runs `plan` on media. */
export function plan(args: readonly string[], { env = {}, ...options }: CliOptions = {}) {
  return cli(['plan', ...args], { ...options, env: { ...QUICK, ...env } });
}

/** The same with `--json`. */
export async function planned(
  args: readonly string[],
  options: CliOptions = {},
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
