import { createHash, scrypt, timingSafeEqual } from 'node:crypto';

/** Of what is remembered, and of what waits. A check takes a core some 50 ms. */
const MOST = 64;

/** `busy`: others asked after it and before its turn came. */
export type PasswordCheck = 'right' | 'wrong' | 'busy';

/** By the digests of credentials: those that were right, and those that are being checked. scrypt is slow on purpose, and a page asks a dozen times. */
const known = new Map<string, Promise<PasswordCheck>>();

interface Waiting {
  check: () => Promise<boolean>;
  settle: (verdict: PasswordCheck) => void;
}

/** By the address of the one who asks, in the order of their turns. */
const waiting = new Map<string, Waiting>();
let isChecking = false;

/**
 * Whether an `Authorization` header carries the password; the user name does not matter.
 * @param hash `scrypt:N:r:p:salt:key`, salt and key in base64url
 * @param address of the one who asks: each has its turn, so that guessing from one keeps nobody else out
 */
export async function checkPassword(
  header: string | null,
  hash: string,
  address: string,
): Promise<PasswordCheck> {
  const password = passwordOf(header);
  if (password === null) return 'wrong';
  // Bound to the hash, and not a key: who reads it out of memory still has no password.
  const digest = createHash('sha256').update(`${hash}\0${password}`).digest('base64');
  const verdict = known.get(digest) ?? inTurn(address, async () => matches(password, hash));
  if (known.size >= MOST) known.clear();
  known.set(digest, verdict);
  if ((await verdict) !== 'right') known.delete(digest);
  return verdict;
}

/** One check at a time: guessing is as slow as one core. Of an address only the latest one waits, in the place of those before. */
async function inTurn(address: string, check: () => Promise<boolean>): Promise<PasswordCheck> {
  const [oldest = ''] = waiting.size >= MOST ? waiting.keys() : [];
  const left = waiting.has(address) ? address : oldest;
  waiting.get(left)?.settle('busy');
  if (left !== address) waiting.delete(left);
  return new Promise((settle) => {
    waiting.set(address, { check, settle });
    void workOff();
  });
}

async function workOff(): Promise<void> {
  if (isChecking) return;
  isChecking = true;
  for (const [address, { check, settle }] of waiting) {
    waiting.delete(address);
    settle((await check().catch(() => false)) ? 'right' : 'wrong');
  }
  isChecking = false;
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
