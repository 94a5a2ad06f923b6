import { randomBytes } from 'node:crypto';
import { NextResponse, type NextRequest } from 'next/server';
import { isAllowedHost } from './lib/http/allowed-host.ts';
import { checkPassword } from './lib/http/password.ts';
import { contentSecurityPolicy, SECURITY_HEADERS } from './lib/http/security-headers.ts';
import { readSettings } from './lib/index/settings.ts';

const ALLOWED = ['GET', 'HEAD'];
const settings = readSettings();

/** Runs before every route, static files included: checks method, host and password, and adds security headers. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy(nonce);
  const response = (await refusal(request)) ?? accepted(request, policy);
  response.headers.set('Content-Security-Policy', policy);
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
  return response;
}

async function refusal(request: NextRequest): Promise<NextResponse | null> {
  if (!ALLOWED.includes(request.method))
    return new NextResponse('The dashboard is read-only: it answers GET and HEAD.\n', {
      status: 405,
      headers: { Allow: ALLOWED.join(', ') },
    });
  if (!isAllowedHost(request.headers.get('host'), settings))
    return new NextResponse(
      'This name is not one that the dashboard answers to. Use an address, or start it with --allow-host NAME.\n',
      { status: 421 },
    );
  const { passwordHash } = settings;
  // Health checks have no password, and the response reveals nothing that needs one.
  if (passwordHash === null || request.nextUrl.pathname === '/healthz') return null;
  const verdict = await checkPassword(request.headers.get('authorization'), passwordHash);
  if (verdict === 'right') return null;
  if (verdict === 'busy')
    return new NextResponse('Too many passwords are being checked. Try again.\n', {
      status: 429,
      headers: { 'Retry-After': '1' },
    });
  return new NextResponse('A password is needed.\n', {
    status: 401,
    headers: { 'WWW-Authenticate': 'Basic realm="watch-folder-runner", charset="UTF-8"' },
  });
}

function accepted(request: NextRequest, policy: string): NextResponse {
  const headers = new Headers(request.headers);
  // Next reads the nonce for its own scripts from the request.
  headers.set('Content-Security-Policy', policy);
  return NextResponse.next({ request: { headers } });
}
