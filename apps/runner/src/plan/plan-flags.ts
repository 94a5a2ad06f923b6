/** The flags of `plan` as they are given. */
export interface PlanFlags {
  output: string;
  codec: readonly string[];
  container?: string;
  resolution: string;
  naming?: string;
  flat?: boolean;
  write?: string;
  submit?: string;
  checkMhl?: boolean;
  json?: boolean;
}
