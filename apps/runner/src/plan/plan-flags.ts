import type { Becomes, LutRange } from '@app/jobspec';

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
  /** A .cube file. */
  look?: string;
  lutRange?: LutRange;
  becomes?: Becomes;
  /** A file of CDLs. */
  cdl?: string;
  /** Each `PLACE=TEXT`, or a text. */
  burnIn?: readonly string[];
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
