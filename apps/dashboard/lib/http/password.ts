import { createHash, scrypt, timingSafeEqual } from 'node:crypto';

const REMEMBERED = 64;
/** Checks that may wait, of all addresses and of one. Each takes a core some 50 ms. */
const WAITING = { all: 64, one: 4 };
/** Digests of the credentials that were right before: scrypt is slow on purpose, and a page asks a dozen times. */
const known = new Map<string, true>();

/** `busy`: others asked after it and before its turn came. */
export type PasswordCheck = 'right' | 'wrong' | 'busy';

interface Waiting {
  address: string;
  check: () => Promise<boolean>;
  settle: (verdict: PasswordCheck) => void;
}

const waiting: Waiting[] = [];
let isChecking = false;
let lastServed = '';

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
  if (known.has(digest)) return 'right';
  const verdict = await inTurn(address, async () => matches(password, hash));
  if (verdict !== 'right') return verdict;
  if (known.size >= REMEMBERED) known.clear();
  known.set(digest, true);
  return verdict;
}

/** One check at a time: guessing is as slow as one core. */
async function inTurn(address: string, check: () => Promise<boolean>): Promise<PasswordCheck> {
  const own = waiting.filter((other) => other.address === address);
  if (own.length >= WAITING.one) drop(own[0]);
  else if (waiting.length >= WAITING.all) drop(waiting[0]);
  return new Promise((settle) => {
    waiting.push({ address, check, settle });
    void workOff();
  });
}

/** The one that waits longest makes room: whoever sends it has sent others since. */
function drop(oldest: Waiting | undefined): void {
  if (oldest === undefined) return;
  waiting.splice(waiting.indexOf(oldest), 1);
  oldest.settle('busy');
}

async function workOff(): Promise<void> {
  if (isChecking) return;
  isChecking = true;
  for (let next = takeNext(); next !== undefined; next = takeNext()) {
    lastServed = next.address;
    const isRight = await next.check().catch(() => false);
    next.settle(isRight ? 'right' : 'wrong');
  }
  isChecking = false;
}

/** Somebody else's turn comes first. */
function takeNext(): Waiting | undefined {
  const other = waiting.findIndex(({ address }) => address !== lastServed);
  return waiting.splice(Math.max(other, 0), 1)[0];
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
