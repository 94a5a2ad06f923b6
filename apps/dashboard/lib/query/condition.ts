/** A part of what SQL asks of the table `job`. */
export interface Condition {
  sql: string;
  values: (string | number)[];
}
