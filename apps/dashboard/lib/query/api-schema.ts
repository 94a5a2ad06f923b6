import { Type, type Static, type TObject, type TSchema } from 'typebox';

/** A value that may not be there. */
export function orNull<T extends TSchema>(schema: T, description?: string) {
  const options = description === undefined ? {} : { description };
  return Type.Union([schema, Type.Null()], options);
}

export const COUNT = Type.Integer({ minimum: 0 });
export const INSTANT = Type.String({ format: 'date-time' });

/** A row each of whose columns an answer gives, or leaves out by name; `never` where one is forgotten. */
export type Given<Row, Answer, LeftOut extends keyof Row> = [
  Exclude<keyof Row, keyof Answer | LeftOut>,
] extends [never]
  ? Row
  : never;

/** What a schema asks for of something that has more, in its order. */
export function shaped<T extends TObject>({ properties }: T, whole: Static<T>): Static<T> {
  const source: Readonly<Record<string, unknown>> = whole;
  return Object.fromEntries(Object.keys(properties).map((key) => [key, source[key]])) as Static<T>;
}
