'use client';

import Form from 'next/form';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import styles from './jobs.module.css';

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

/** Filters of a list: choices apply at once, a text with Enter, and all of them by a button without scripts. */
export function FilterForm({ path, fields, kept }: Props) {
  const texts = fields.filter(({ kind }) => kind === 'text');
  const more = fields.filter(({ kind }) => kind !== 'text');
  return (
    <Form
      action={path}
      scroll={false}
      prefetch={false}
      className={styles.filters}
      aria-label="Filters"
      data-filters
      autoComplete="off"
    >
      {texts.map((field) => (
        <FilterField key={field.name} field={field} />
      ))}
      <MoreFields set={more.filter(({ value }) => value !== '').length}>
        {more.map((field) => (
          <FilterField key={field.name} field={field} />
        ))}
        <button type="submit">Apply</button>
      </MoreFields>
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </Form>
  );
}

/** Filters that are collapsed on narrow screens unless one is set. */
function MoreFields({ set, children }: { set: number; children: ReactNode }) {
  const [startsOpen] = useState(set > 0);
  return (
    <details className={styles.more} open={startsOpen}>
      <summary>{set === 0 ? 'Filters' : `Filters, ${set} set`}</summary>
      <div className={styles.moreFields}>{children}</div>
    </details>
  );
}

/** Field of a filter. It follows the URL (back, a link, another search) unless it has the focus. */
function FilterField({ field: { name, label, value, kind, options } }: { field: FieldView }) {
  const control = useRef<HTMLInputElement & HTMLSelectElement>(null);
  useEffect(() => {
    const { current } = control;
    if (current !== null && current !== document.activeElement) current.value = value;
  }, [value]);
  const apply = () => control.current?.form?.requestSubmit();
  return (
    <div className={styles.field}>
      <label htmlFor={name} className="soft">
        {label}
      </label>
      {options !== undefined ? (
        <select ref={control} id={name} name={name} defaultValue={value} onChange={apply}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          ref={control}
          id={name}
          type={kind === 'date' ? 'date' : 'search'}
          name={name}
          defaultValue={value}
          onInput={kind === 'date' ? apply : undefined}
          autoCapitalize="off"
          spellCheck={false}
        />
      )}
    </div>
  );
}
