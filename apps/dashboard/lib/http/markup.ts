import { visibleLine } from '../text/visible-text.ts';

/** A part of a page that is markup already. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What may stand in markup. */
export type Shown = Markup | string | number | false | null | undefined | readonly Shown[];

/** Markup with values in it: texts of any origin are shown as text, lists one after the other, `null` as nothing. */
export function markup(parts: TemplateStringsArray, ...values: readonly Shown[]): Markup {
  return new Markup(
    parts.map((part, at) => (at === 0 ? part : written(values[at - 1]) + part)).join(''),
  );
}

function written(value: Shown): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Markup) return value.text;
  if (isList(value)) return value.map(written).join('');
  return escaped(visibleLine(String(value)));
}

function isList(value: Shown): value is readonly Shown[] {
  return Array.isArray(value);
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
