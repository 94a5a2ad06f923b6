import { refused } from '@/lib/http/responses.ts';

/** Who asks the API is a program: it is told in JSON. */
export function GET(): Response {
  return refused(404, ['There is no such path. /api/openapi.json lists those that there are.']);
}
