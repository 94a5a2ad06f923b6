import { refused } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/index/watch-index.ts';

/** Keeps connections open through proxies and detects closed ones. */
const HEARTBEAT_MS = 20_000;
/** Limit on open streams, which take about 50 kB each. Further pages work without live updates and show "Offline". */
const MAX_LISTENERS = 250;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  // Nginx would buffer events otherwise.
  'X-Accel-Buffering': 'no',
};

/** Server-sent events with the version of the content, at once and on every change. */
export function GET(request: Request): Response {
  if (request.signal.aborted) return new Response(null);
  const index = watchIndex();
  if (index.listeners >= MAX_LISTENERS)
    return refused(503, [
      `${MAX_LISTENERS} pages listen already. Reload this one to see what is new.`,
    ]);
  const encoder = new TextEncoder();
  let stop: (() => void) | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const sendVersion = () => {
        // Skipped while a slow reader has a backlog.
        if ((controller.desiredSize ?? 0) > -BACKLOG) send(`data: ${index.version}\n\n`);
      };
      const unsubscribe = index.onChange(sendVersion);
      const heartbeat = setInterval(() => send(':\n\n'), HEARTBEAT_MS);
      stop = () => {
        unsubscribe();
        clearInterval(heartbeat);
      };
      request.signal.addEventListener('abort', () => stop?.());
      send('retry: 2000\n\n');
      sendVersion();
    },
    cancel: () => stop?.(),
  });
  return new Response(body, { headers: HEADERS });
}

/** Limit on unread events. */
const BACKLOG = 16;

/** Headers without the stream. */
export function HEAD(): Response {
  return new Response(null, { headers: HEADERS });
}
