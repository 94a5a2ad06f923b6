interface Closable {
  close(): Promise<unknown>;
}

/** Uses what was opened, and closes it however that ends. */
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

/** Makes something of what was opened, which stays open unless that fails. */
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
