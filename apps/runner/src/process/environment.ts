/**
 * The process's environment, for what is not a setting of ours: `PATH`, the variables of Resolve, and what child processes
 * inherit. Settings come from `config/`.
 */
export function environment(): Readonly<NodeJS.ProcessEnv> {
  return process.env;
}
