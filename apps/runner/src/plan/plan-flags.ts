/** What has a JobSpec of its own. */
export type Grouping = 'clip' | 'folder';

/** The flags of `plan` as they are given. */
export interface PlanFlags {
  output: string;
  codec: readonly string[];
  container?: string;
  resolution: string;
  naming?: string;
  group?: Grouping;
  flat?: boolean;
  write?: string;
  submit?: string;
  checkMhl?: boolean;
  json?: boolean;
}
