/** A part of what SQL asks. */
export interface Condition {
  sql: string;
  values: (string | number)[];
}

/** All of them. */
export function allOf(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' AND ') || 'TRUE',
    values: conditions.flatMap(({ values }) => values),
  };
}
