import { refused } from '@/lib/http/responses.ts';

/** JSON instead of an HTML page for unknown API paths. */
export function GET(): Response {
  return refused(404, ['There is no such path. docs/dashboard.md lists all.']);
}
