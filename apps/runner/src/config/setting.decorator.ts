import { delimiter } from 'node:path';
import { Transform } from 'class-transformer';

/** What a setting is called wherever it can be given, and what documents say of it. */
export interface Setting {
  /** The property that holds it. */
  key: string;
  /** With two dashes. */
  flag: string;
  /** What `--help` calls its value; `null` for a switch, which has none. */
  argument: string | null;
  variable: string;
  /** Part of a sentence, for `--help`. */
  about: string;
  /** Whole sentences that only the documents have. */
  more: string | null;
  /** A value to begin with, where nothing holds by default. */
  example: string | null;
  /** Given several times by flags; its variable holds several values with {@link separator} between them. */
  isList: boolean;
  /** The system's path separator where values are paths alone. */
  separator: string;
  /** A variable without a value counts as not set; a flag without one is a slip. */
  isWord: boolean;
}

export interface Description {
  about: string;
  more?: string;
  example?: string;
}

const SETTINGS = new Map<object, Setting[]>();

/** Every decorated property of a class, in the order in which they are written. */
export function settingsOf(type: { prototype: object }): readonly Setting[] {
  return SETTINGS.get(type.prototype) ?? [];
}

/**
 * Makes a property a setting. `pollSeconds` is given by `--poll-seconds` and `WFR_POLL_SECONDS`, a list such as
 * `requirePaths` by `--require-path`.
 *
 * @param read turns the text of a flag or variable into a value; text that can't be read stays text and is refused by `rules`.
 */
export function setting(
  form: Pick<Setting, 'argument'> &
    Partial<Pick<Setting, 'isList' | 'isWord' | 'separator'>> &
    Description,
  read: (text: unknown) => unknown,
  rules: readonly PropertyDecorator[],
): PropertyDecorator {
  return (target, property) => {
    const key = String(property);
    const { more = null, example = null, isList = false, isWord = false, ...rest } = form;
    const { separator = delimiter, ...shown } = rest;
    const words = (isList ? key.replace(/s$/, '') : key).replaceAll(/[A-Z]/g, '-$&').toLowerCase();
    const variable = `WFR_${words.replaceAll('-', '_').toUpperCase()}`;
    const row = {
      ...shown,
      key,
      flag: `--${words}`,
      variable,
      more,
      example,
      isList,
      isWord,
      separator,
    };
    SETTINGS.set(target, [...(SETTINGS.get(target) ?? []), row]);
    Transform(({ value }: { value: unknown }) => read(value))(target, property);
    for (const rule of rules) rule(target, property);
  };
}
