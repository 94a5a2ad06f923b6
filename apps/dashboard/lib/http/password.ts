import { createHash, scrypt, timingSafeEqual } from 'node:crypto';

/** Limit on queued checks; each takes about 50 ms of one core. */
const MAX_QUEUED = 16;

export type PasswordCheck = 'right' | 'wrong' | 'busy';

/** Accepted and pending checks by digest of the credentials: scrypt is slow on purpose, and a page sends a dozen requests. */
const known = new Map<string, Promise<boolean>>();
let last: Promise<unknown> = Promise.resolve();
let queued = 0;

/**
 * Checks the password in an `Authorization` header; the user name is ignored. Checks run one at a time, so guessing uses at
 * most one core and doesn't lock out readers who have signed in.
 * @param hash `scrypt:N:r:p:salt:key`, salt and key in base64url
 * @returns `busy` if too many checks are queued
 */
export async function checkPassword(header: string | null, hash: string): Promise<PasswordCheck> {
  const password = passwordOf(header);
  if (password === null) return 'wrong';
  // Salted with the hash, and kept instead of the password.
  const digest = createHash('sha256').update(`${hash}\0${password}`).digest('base64');
  if (!known.has(digest) && queued >= MAX_QUEUED) return 'busy';
  const check = known.get(digest) ?? runQueued(async () => matches(password, hash));
  known.set(digest, check);
  if (await check) return 'right';
  known.delete(digest);
  return 'wrong';
}

async function runQueued(check: () => Promise<boolean>): Promise<boolean> {
  queued += 1;
  const turn = last
    .then(check)
    .catch(() => false)
    .finally(() => (queued -= 1));
  last = turn;
  return turn;
}

function passwordOf(header: string | null): string | null {
  const [, encoded] = /^basic +([\w+/=-]{1,4096})$/iu.exec(header ?? '') ?? [];
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
