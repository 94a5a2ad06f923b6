/** Watch-folder protocol between a runner and readers of its folder. Free of decorators. */
export { jobIdOf } from './folder/job-id.ts';
export * from './folder/names.ts';
export { grouped } from './json/grouped.ts';
export * from './json/narrow.ts';
export * from './json/pieces.ts';
export * from './folder/progress.ts';
export * from './folder/runner-status.ts';
export { outputNames } from './naming/output-names.ts';
export * from './vocabulary/limits.ts';
export { shellCommand } from './wording/shell-command.ts';
export { STATE_WORDS } from './wording/state-words.ts';
export { printable, timestamp } from './wording/words.ts';
