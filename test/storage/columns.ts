/** Names of the rounds, in the order of docs/support.md; those that options of a mount may change. */
export const OPTION_COLUMNS = [
  'a job',
  'lock',
  'start',
  'claim',
  'publish',
  'hidden',
  'power cut',
] as const;
export const COLUMNS = [
  ...OPTION_COLUMNS,
  'cut off',
  'server restarts',
  'folder replaced',
  'full',
  'quota',
  'read-only',
  'clock',
  'names',
  'times',
  'follow, make',
];
