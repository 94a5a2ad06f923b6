import { createHash, scrypt, timingSafeEqual } from 'node:crypto';

const REMEMBERED = 64;
/** Digests of the credentials that were right before: scrypt is slow on purpose, and a page asks a dozen times. */
const known = new Map<string, true>();
let lastCheck: Promise<unknown> = Promise.resolve();

/**
 * Whether an `Authorization` header carries the password; the user name does not matter.
 * @param hash `scrypt:N:r:p:salt:key`, salt and key in base64url
 */
export async function isAuthorized(header: string | null, hash: string): Promise<boolean> {
  const password = passwordOf(header);
  if (password === null) return false;
  // Bound to the hash, and no key: who reads it out of memory still has no password.
  const digest = createHash('sha256').update(`${hash}\0${password}`).digest('base64');
  if (known.has(digest)) return true;
  // One at a time: guessing is as slow as one core, and readers who are known do not wait.
  const check = lastCheck.then(() => matches(password, hash));
  lastCheck = check.catch(() => false);
  if (!(await check)) return false;
  if (known.size >= REMEMBERED) known.clear();
  known.set(digest, true);
  return true;
}

function passwordOf(header: string | null): string | null {
  const [, encoded] = /^basic +([\w+/=-]+)$/iu.exec(header ?? '') ?? [];
  if (encoded === undefined) return null;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon < 0 ? null : decoded.slice(colon + 1);
}

async function matches(password: string, hash: string): Promise<boolean> {
  const [, cost, blockSize, parallelization, salt = '', key = ''] = hash.split(':');
  const expected = Buffer.from(key, 'base64url');
  const options = {
    N: Number(cost),
    r: Number(blockSize),
    p: Number(parallelization),
    maxmem: 256 * 2 ** 20,
  };
  const actual = await new Promise<Buffer>((resolve, reject) => {
    scrypt(password, Buffer.from(salt, 'base64url'), expected.length, options, (error, derived) =>
      error === null ? resolve(derived) : reject(error),
    );
  });
  return timingSafeEqual(actual, expected);
}
