interface Closable {
  close(): Promise<unknown>;
}

/** Closes `opened` after its use, whether that succeeds or fails. */
export async function closing<Opened extends Closable, Value>(
  opened: Opened,
  use: (opened: Opened) => Promise<Value>,
): Promise<Value> {
  try {
    return await use(opened);
  } finally {
    await opened.close();
  }
}

/** Closes `opened` only if its use fails. */
export async function closingOnFailure<Opened extends Closable, Value>(
  opened: Opened,
  use: (opened: Opened) => Promise<Value>,
): Promise<Value> {
  try {
    return await use(opened);
  } catch (error) {
    await opened.close();
    throw error;
  }
}
