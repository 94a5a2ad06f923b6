/** What has a JobSpec of its own. */
export type Grouping = 'clip' | 'folder';

/** An editing system that is to attach the proxies. */
export type Editor = 'resolve' | 'premiere' | 'avid' | 'fcp';

/** The flags of `plan` as they are given. */
export interface PlanFlags {
  output?: string;
  beside?: string;
  for?: Editor;
  codec?: readonly string[];
  container?: string;
  resolution?: string;
  naming?: string;
  group?: Grouping;
  flat?: boolean;
  /** A list of clips. */
  only?: string;
  write?: string;
  submit?: string;
  checkMhl?: boolean;
  follow?: boolean;
  /** Of the runner's own flag, where it is given. */
  pollSeconds?: number;
  /** Text of a number of seconds. */
  quietSeconds?: string;
  json?: boolean;
}
