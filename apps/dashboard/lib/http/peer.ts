import type { IncomingMessage } from 'node:http';

/** Tells the rest of the server who asks; whatever a client writes there is replaced. */
export const PEER_HEADER = 'x-dashboard-peer';

const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/u;

/** The address of the one who asks. A proxy on this machine says for whom it asks, and writes that last. */
export function peerOf({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): string {
  const address = socket.remoteAddress ?? '';
  if (!LOOPBACK.test(address)) return address;
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',');
  return forwarded.split(',').at(-1)?.trim() || address;
}
