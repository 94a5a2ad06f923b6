import { refused } from '@/lib/http/responses.ts';

/** Who asks the API is a program: it is told in JSON. */
export function GET(): Response {
  return refused(404, ['There is no such path. docs/dashboard.md lists all.']);
}
