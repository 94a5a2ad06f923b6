'use client';

import { useRouter } from 'next/navigation';
import {
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  useTransition,
  type FormEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import styles from './jobs.module.css';

const TYPING_PAUSE_MS = 300;

/** Filter with its current value. */
export interface FieldView {
  name: string;
  label: string;
  /** Empty if not set. */
  value: string;
  kind: 'text' | 'date' | 'choice';
  options?: readonly { value: string; label: string }[];
}

interface Props {
  path: string;
  fields: readonly FieldView[];
  /** Other parameters to keep, such as the order. */
  kept: Readonly<Record<string, string>>;
}

/** Filters of a list, applied at once, or by a button without scripts. */
export function FilterForm({ path, fields, kept }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const current = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
  const { apply, applySoon } = useAppliedFilters(form, path, current);
  const onChange = () => apply('push');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    apply('push');
  };
  const texts = fields.filter(({ kind }) => kind === 'text');
  const more = fields.filter(({ kind }) => kind !== 'text');
  return (
    <form
      ref={form}
      action={path}
      className={styles.filters}
      onSubmit={onSubmit}
      aria-label="Filters"
      data-filters
      autoComplete="off"
    >
      {texts.map((field) => (
        <FilterField key={field.name} field={field} onChange={applySoon} />
      ))}
      <MoreFields set={more.filter(({ value }) => value !== '').length}>
        {more.map((field) => (
          <FilterField key={field.name} field={field} onChange={onChange} />
        ))}
        <button type="submit">Apply</button>
      </MoreFields>
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </form>
  );
}

/** Filters that are collapsed on narrow screens unless one is set. */
function MoreFields({ set, children }: { set: number; children: ReactNode }) {
  const [startsOpen] = useState(set > 0);
  return (
    <details className={styles.more} open={startsOpen}>
      <summary>{set === 0 ? 'Filters' : `Filters (${set})`}</summary>
      <div className={styles.moreFields}>{children}</div>
    </details>
  );
}

function FilterField({ field, onChange }: { field: FieldView; onChange: () => void }) {
  const { name, label, value, kind, options } = field;
  return (
    <div className={styles.field}>
      <label htmlFor={name} className="soft">
        {label}
      </label>
      {options !== undefined ? (
        <select id={name} name={name} defaultValue={value} onChange={onChange}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={name}
          type={kind === 'date' ? 'date' : 'search'}
          name={name}
          defaultValue={value}
          onInput={onChange}
          autoCapitalize="off"
          spellCheck={false}
        />
      )}
    </div>
  );
}

/** Navigates to the URL with the values of a form. */
function useAppliedFilters(
  form: RefObject<HTMLFormElement | null>,
  path: string,
  current: Readonly<Record<string, string>>,
) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const router = useRouter();
  const [, startTransition] = useTransition();
  const apply = (how: 'push' | 'replace') => {
    clearTimeout(timer.current);
    if (form.current === null) return;
    const url = urlOf(path, new FormData(form.current));
    startTransition(() => router[how](url, { scroll: false }));
  };
  useFollowedFields(form, current, apply);
  const applySoon = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => apply('replace'), TYPING_PAUSE_MS);
  };
  return { apply, applySoon };
}

/**
 * Updates fields when the URL changes (back, a link, another search), except the focused one. Values chosen before
 * hydration are applied, and stay in their fields until the URL has followed.
 */
function useFollowedFields(
  form: RefObject<HTMLFormElement | null>,
  current: Readonly<Record<string, string>>,
  apply: (how: 'replace') => void,
): void {
  const isFirst = useRef(true);
  const wanted = new URLSearchParams(current).toString();
  const applyLatest = useEffectEvent(apply);
  useEffect(() => {
    const values = new URLSearchParams(wanted);
    const strays = fieldsOf(form.current).filter(({ name, value }) => value !== values.get(name));
    if (isFirst.current && strays.length > 0) applyLatest('replace');
    if (!isFirst.current)
      for (const field of strays)
        if (field !== document.activeElement) field.value = values.get(field.name) ?? '';
    isFirst.current = false;
  }, [form, wanted]);
}

/** Visible fields of the form; hidden ones hold other parameters. */
function fieldsOf(form: HTMLFormElement | null): (HTMLInputElement | HTMLSelectElement)[] {
  return [...(form?.elements ?? [])].filter(
    (field): field is HTMLInputElement | HTMLSelectElement =>
      field instanceof HTMLSelectElement ||
      (field instanceof HTMLInputElement && field.type !== 'hidden'),
  );
}

function urlOf(path: string, data: FormData): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of data)
    if (typeof value === 'string' && value !== '') parameters.set(name, value);
  return parameters.size === 0 ? path : `${path}?${parameters}`;
}
