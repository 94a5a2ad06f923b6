import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Registry } from 'prom-client';
import { RunnerSettings } from '../config/settings.ts';
import { report } from '../logging/runner-logger.ts';
import { errorMessage } from '@app/storage';
import { PortUnavailableError } from './port-unavailable.ts';
import { Readiness } from './readiness.ts';

interface Answer {
  status: number;
  type: string;
  body: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const METHODS = ['GET', 'HEAD'];

/**
 * Limits in milliseconds. Probes and scrapers use a connection or two and send everything at once. Slow or idle connections are cut
 * off, so that they can't use up the descriptors of jobs.
 */
const LIMITS = {
  headersTimeout: 5000,
  requestTimeout: 5000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 1000,
} as const;
const MAX_CONNECTIONS = 64;
/** Idle limit of a connection, such as of a client that doesn't read its answer; long enough for answers that wait for slow storage. */
const MAX_IDLE_MS = 30_000;

/** Serves health and metrics, read-only. Answers until the last job has ended, so that a stop can be watched. */
@Injectable()
export class HealthServer implements OnApplicationShutdown {
  readonly #server = createServer(
    LIMITS,
    (request, response) => void this.#respond(request, response),
  );
  readonly #pages: Readonly<Record<string, () => Promise<Answer>>> = {
    '/healthz/live': async () => json(200, { status: 'ok' }),
    '/healthz/ready': async () => {
      const { isReady, report } = await this.readiness.check();
      return json(isReady ? 200 : 503, report);
    },
    '/metrics': async () => ({
      status: 200,
      type: this.registry.contentType,
      body: await this.registry.metrics(),
    }),
  };

  constructor(
    private readonly readiness: Readiness,
    private readonly registry: Registry,
    private readonly settings: RunnerSettings,
  ) {}

  /** @throws PortUnavailableError if the address can't be listened on. */
  async listen(): Promise<void> {
    const { httpPort: port, httpHost: host } = this.settings;
    if (port === null) throw new Error('no HTTP port is set');
    this.#server.maxConnections = MAX_CONNECTIONS;
    this.#server.setTimeout(MAX_IDLE_MS);
    try {
      this.#server.listen({ port, host });
      await once(this.#server, 'listening');
    } catch (error) {
      throw new PortUnavailableError(host, port, error);
    }
    report('http_listening', { host, port: (this.#server.address() as AddressInfo).port });
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #respond({ method = '', url = '' }: IncomingMessage, response: ServerResponse) {
    const { status, type, body } = await this.#answer(method, url);
    response.writeHead(status, {
      'content-type': type,
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(status === 405 && { allow: METHODS.join(', ') }),
    });
    response.end(method === 'HEAD' ? undefined : body);
  }

  async #answer(method: string, url: string): Promise<Answer> {
    if (!METHODS.includes(method)) return json(405, { error: 'Only GET and HEAD are answered.' });
    const [path = ''] = url.split('?');
    const page = Object.hasOwn(this.#pages, path) ? this.#pages[path] : undefined;
    if (!page) return json(404, { error: `There is ${Object.keys(this.#pages).join(', ')}.` });
    return page().catch((error: unknown) => json(500, { error: errorMessage(error) }));
  }
}

function json(status: number, content: object): Answer {
  return { status, type: JSON_TYPE, body: `${JSON.stringify(content)}\n` };
}
