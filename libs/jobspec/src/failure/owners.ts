/** Who can do something about a failure, by what people on set and in post call each other. */
export const OWNERS = {
  author: 'Whoever wrote the JobSpec',
  editor: 'The assistant editor',
  engineer: 'The facility engineer',
} as const;

export type Owner = keyof typeof OWNERS;
