'use client';

import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useAppliedFilters, type FilterValues } from './use-applied-filters.ts';
import styles from './jobs.module.css';

/** A filter as it stands. */
export interface FieldView {
  name: string;
  label: string;
  /** Empty when it is not set. */
  value: string;
  /** What there is to choose from; left out where a text is typed. */
  options?: readonly { value: string; label: string }[];
}

interface Props {
  path: string;
  fields: readonly FieldView[];
  /** What of the view is not a filter, such as its order; stays as it is. */
  kept: FilterValues;
}

/** Filters of a view. They apply at once, and without scripts by the button. */
export function FilterForm({ path, fields, kept }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const current = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
  const { apply, applySoon } = useAppliedFilters(form, path, current);
  const onChange = () => apply('push');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    apply('push');
  };
  const [texts, more] = [fields.filter(isText), fields.filter((field) => !isText(field))];
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

function isText({ options }: FieldView): boolean {
  return options === undefined;
}

/** Folded on a narrow screen, where the list would begin far down otherwise; open there when one of them is set. */
function MoreFields({ set, children }: { set: number; children: ReactNode }) {
  const [startsOpen] = useState(set > 0);
  return (
    <details className={styles.more} open={startsOpen}>
      <summary>{set === 0 ? 'Filters' : `Filters, ${set} set`}</summary>
      <div className={styles.moreFields}>{children}</div>
    </details>
  );
}

function FilterField({ field, onChange }: { field: FieldView; onChange: () => void }) {
  const { name, label, value, options } = field;
  return (
    <div className={styles.field}>
      <label htmlFor={name}>{label}</label>
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
          type="search"
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
