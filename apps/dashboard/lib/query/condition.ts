import sql, { join, type Sql } from 'sql-template-tag';

/** All of these hold. */
export function allOf(conditions: readonly Sql[]): Sql {
  const each = conditions.map((condition) => sql`(${condition})`);
  return each.length === 0 ? sql`TRUE` : join(each, ' AND ');
}

/** A list to look in, however long: statements are kept by their text. */
export function among(values: readonly (string | number)[]): Sql {
  return sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`;
}
