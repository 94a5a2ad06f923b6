import { delimiter, resolve } from 'node:path';
import {
  ArrayNotContains,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsOptional,
  Max,
  Min,
  ValidateBy,
} from 'class-validator';
import { Transform } from 'class-transformer';
import { rulesClash, type PathRule, readPathRule } from '@app/storage';

/** Most seconds that a setting can have: eleven days. Node's timers overflow at about 24 days. */
const MAX_SECONDS = 1_000_000;

/** Beginning of a refusal. `readSettings` replaces `{what}`, `{name}` and `{text}` in messages. */
const INVALID = '{what} is invalid.';

/** Seconds, possibly fractional. */
export function Seconds({ from, ...about }: Description & { from: number }): PropertyDecorator {
  const message = `${INVALID} Expected a number from ${from} to ${MAX_SECONDS}, got {text}.`;
  const rules = [IsNumber({}, { message }), Min(from, { message }), Max(MAX_SECONDS, { message })];
  return setting({ argument: '<n>', ...about }, numberIn, rules);
}

/** A count or a port; `null` if not given. */
export function WholeNumber(range: Description & { from: number; to: number }): PropertyDecorator {
  const { from, to, ...about } = range;
  const message = `${INVALID} Expected a whole number from ${from} to ${to}, got {text}.`;
  const rules = [IsOptional(), IsInt({ message }), Min(from, { message }), Max(to, { message })];
  return setting({ argument: '<n>', ...about }, numberIn, rules);
}

/** A flag without a value; its variable is true or false. */
export function Switch(about: Description): PropertyDecorator {
  const message = '{name} is {text}. Expected "true" or "false".';
  return setting({ argument: null, ...about }, truthIn, [IsBoolean({ message })]);
}

export function Choice(
  { argument, ...about }: Description & { argument: string },
  choices: readonly string[],
): PropertyDecorator {
  const message = `${INVALID} Allowed choices are ${choices.join(', ')}.`;
  const shown = { ...about, about: `${about.about} (choices: ${choices.join(', ')})` };
  return setting({ argument, ...shown }, (text) => text, [IsIn(choices, { message })]);
}

/** A non-empty word. */
export function Text({
  argument,
  advice,
  ...about
}: Description & { argument: string; advice: string }): PropertyDecorator {
  const message = `{name} is empty. ${advice}`;
  return setting({ argument, isWord: true, ...about }, (text) => text, [IsNotEmpty({ message })]);
}

/** One path, made absolute; `null` if not given. */
export function Path(about: Description): PropertyDecorator {
  const message = '{name} is empty. Name a path, or leave it out.';
  return setting({ argument: '<path>', isWord: true, ...about }, absoluteOne, [
    IsOptional(),
    IsNotEmpty({ message }),
  ]);
}

function absoluteOne(path: unknown): unknown {
  return typeof path === 'string' && path !== '' ? resolve(path) : path;
}

function absolute(paths: unknown): unknown {
  return (paths as readonly string[]).map((path) => path && resolve(path));
}

/** Any number of paths, made absolute. An empty one would be the working directory. */
export function Paths(about: Description): PropertyDecorator {
  const message = '{name} holds an empty path. Name a path, or leave it out.';
  return setting({ argument: '<path>', isList: true, ...about }, absolute, [
    ArrayNotContains([''], { message }),
  ]);
}

const EXPECTED_MAP = 'Expected FROM=TO with two absolute paths, such as /Volumes/raid=/mnt/raid';

/** Any number of rules that map paths of other machines to paths here. */
export function Maps(about: Description): PropertyDecorator {
  const rules = [
    ValidateBy(
      {
        name: 'rules',
        validator: { validate: (value: unknown[]) => value.every(isRule) },
      },
      { message: `${INVALID} ${EXPECTED_MAP}, got {text}.` },
    ),
    ValidateBy(
      {
        name: 'clear',
        validator: {
          validate: (value: unknown[]) => !value.every(isRule) || !rulesClash(value as PathRule[]),
        },
      },
      {
        message: '{name} names one FROM twice, or a TO inside a FROM: {text}. Name other paths.',
      },
    ),
  ];
  return setting(
    { argument: '<from=to>', isList: true, separator: ';', ...about },
    readRules,
    rules,
  );
}

function readRules(texts: unknown): unknown {
  return (texts as readonly string[]).map((text) => readPathRule(text) ?? text);
}

/** True for a rule; text that can't be parsed as one is left as text. */
function isRule(value: unknown): boolean {
  return typeof value === 'object';
}

function numberIn(text: unknown): unknown {
  if (typeof text !== 'string' || text.trim() === '') return text;
  const value = Number(text);
  return Number.isNaN(value) ? text : value;
}

function truthIn(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  if (['true', '1', 'yes'].includes(text.toLowerCase())) return true;
  return ['false', '0', 'no', ''].includes(text.toLowerCase()) ? false : text;
}

/** A setting: its names and its texts for help and documents. */
export interface Setting {
  /** Property that holds it. */
  key: string;
  /** Flag with two dashes. */
  flag: string;
  /** Placeholder of its value in `--help`; `null` for a switch, which has none. */
  argument: string | null;
  variable: string;
  /** Part of a sentence, for `--help`. */
  about: string;
  /** Full sentences for the documents only. */
  more: string | null;
  /** Example value of a setting that has no default. */
  example: string | null;
  /** True if the flag may be repeated; the variable then separates values by {@link separator}. */
  isList: boolean;
  /** Separator of values in the variable; the system's path separator for plain paths. */
  separator: string;
  /** True if an empty variable counts as not set; an empty flag is an error. */
  isWord: boolean;
}

export interface Description {
  about: string;
  more?: string;
  example?: string;
}

const SETTINGS = new Map<object, Setting[]>();

/** All decorated properties of a class, in source order. */
export function settingsOf(type: { prototype: object }): readonly Setting[] {
  return SETTINGS.get(type.prototype) ?? [];
}

/**
 * Makes a property a setting. `pollSeconds` is given by `--poll-seconds` and `WFR_POLL_SECONDS`, a list such as
 * `requirePaths` by `--require-path`.
 *
 * @param read parses the text of a flag or variable; unparsable text is returned unchanged and refused by `rules`.
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
