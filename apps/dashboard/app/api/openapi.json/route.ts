import { OPENAPI } from '@/lib/http/openapi.ts';
import { json } from '@/lib/http/responses.ts';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  return json(OPENAPI);
}
