import { OPENAPI } from '@/lib/http/openapi.ts';
import { json, refusedParameters } from '@/lib/http/responses.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Response {
  return refusedParameters(request) ?? json(OPENAPI);
}
