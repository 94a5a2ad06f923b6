import { errorMessage } from '@app/storage';

/** The HTTP address can't be used; the process ends with exit code 2. */
export class PortUnavailableError extends Error {
  override readonly name = 'PortUnavailableError';

  constructor(host: string, port: number, cause: unknown) {
    super(
      `Health and metrics can't be served on ${host}, port ${port}: ${errorMessage(cause)}. ` +
        'Choose another --http-port or --http-host.',
      { cause },
    );
  }
}
