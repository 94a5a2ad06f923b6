import { refused } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/index/watch-index.ts';

/** Keeps connections open through proxies, and finds those that are gone. */
const HEARTBEAT_MS = 20_000;
/** Each keeps some 50 kB. Pages without one are as good, and say that they have no contact. */
const MOST_LISTENERS = 250;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  // Nginx would hold events back otherwise.
  'X-Accel-Buffering': 'no',
};

/** Server-sent events: the version of what pages show, at once and whenever it changes. Pages ask again then. */
export function GET(request: Request): Response {
  if (request.signal.aborted) return new Response(null);
  const index = watchIndex();
  if (index.listeners >= MOST_LISTENERS)
    return refused(503, [
      `${MOST_LISTENERS} pages listen already. Reload this one to see what is new.`,
    ]);
  const encoder = new TextEncoder();
  let stop: (() => void) | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const tell = () => {
        // Who does not read gets no more: the next event says all that these would have said.
        if ((controller.desiredSize ?? 0) > -BACKLOG) send(`data: ${index.version}\n\n`);
      };
      const unsubscribe = index.onChange(tell);
      const heartbeat = setInterval(() => send(':\n\n'), HEARTBEAT_MS);
      stop = () => {
        unsubscribe();
        clearInterval(heartbeat);
      };
      request.signal.addEventListener('abort', () => stop?.());
      send('retry: 2000\n\n');
      tell();
    },
    cancel: () => stop?.(),
  });
  return new Response(body, { headers: HEADERS });
}

/** Events that may wait to be read. */
const BACKLOG = 16;

/** The head of the stream only. */
export function HEAD(): Response {
  return new Response(null, { headers: HEADERS });
}
