/** What people call the files and folders that paths of open ones lead to. */
const names = new Map<string, string>();

/** @param path of an open file, as {@link pathOfOpen} makes it. @param name that it was opened by. */
export function rememberName(path: string, name: string): void {
  names.set(path, withNames(name));
}

export function forgetName(path: string): void {
  names.delete(path);
}

/** Puts the names that people know in the place of paths of open files, as programs and the system repeat them. */
export function withNames(text: string): string {
  return text.replaceAll(/\/proc\/\d+\/fd\/\d+/g, (path) => names.get(path) ?? path);
}
