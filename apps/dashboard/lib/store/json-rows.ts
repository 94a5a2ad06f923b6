/**
 * SQL for the elements of a JSON array that is a value of the statement, each as `entry`, with its place as `at`. SQLite writes an element out anew for
 * each mention of `json_each.value`; the limit keeps it from putting that in the place of `entry`.
 */
export const JSON_ROWS = '(SELECT key AS at, value AS entry FROM json_each(?) LIMIT -1 OFFSET 0)';
