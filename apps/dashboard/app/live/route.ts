import { watchIndex } from '@/lib/index/watch-index.ts';

/** Keeps connections open through proxies, and finds those that are gone. */
const HEARTBEAT_MS = 20_000;

/** Server-sent events: the version of what pages show, at once and whenever it changes. Pages ask again then. */
export function GET(request: Request): Response {
  const index = watchIndex();
  const encoder = new TextEncoder();
  let stop: (() => void) | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const tell = () => send(`data: ${index.version}\n\n`);
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
  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      // Nginx would hold events back otherwise.
      'X-Accel-Buffering': 'no',
    },
  });
}
