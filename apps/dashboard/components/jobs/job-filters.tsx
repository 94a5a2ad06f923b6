'use client';

import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useAppliedFilters, type FilterValues } from './use-applied-filters.ts';
import styles from './jobs.module.css';

export interface Choice {
  name: string;
  label: string;
  /** What the choice of everything is called. */
  all: string;
  values: readonly string[];
}

interface Props {
  choices: readonly Choice[];
  current: FilterValues;
  /** What of the view is no filter, such as its order; stays as it is. */
  kept: FilterValues;
}

/** Filters of the jobs. They apply at once, and without scripts by the button. */
export function JobFilters({ choices, current, kept }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const { apply, applySoon } = useAppliedFilters(form, current);
  const onChange = () => apply('push');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    apply('push');
  };
  return (
    <form
      ref={form}
      action="/jobs"
      className={styles.filters}
      onSubmit={onSubmit}
      aria-label="Filters"
      autoComplete="off"
    >
      <Field name="q" label="Clip, job or id">
        <input
          id="q"
          type="search"
          name="q"
          defaultValue={current['q']}
          onInput={applySoon}
          spellCheck={false}
        />
      </Field>
      <MoreFields current={current}>
        {choices.map((choice) => (
          <ChoiceField
            key={choice.name}
            {...choice}
            value={current[choice.name]}
            onChange={onChange}
          />
        ))}
        <DayField value={current['day']} onChange={onChange} />
        <button type="submit">Apply</button>
      </MoreFields>
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </form>
  );
}

/** Folded on a narrow screen, where the jobs would begin far down otherwise; open there when one of them is set. */
function MoreFields({ current, children }: { current: FilterValues; children: ReactNode }) {
  const set = Object.entries(current).filter(
    ([name, value]) => name !== 'q' && value !== '',
  ).length;
  const [startsOpen] = useState(set > 0);
  return (
    <details className={styles.more} open={startsOpen}>
      <summary>{set === 0 ? 'Filters' : `Filters, ${set} set`}</summary>
      <div className={styles.moreFields}>{children}</div>
    </details>
  );
}

interface ChoiceFieldProps extends Choice {
  value: string | undefined;
  onChange: () => void;
}

function ChoiceField({ name, label, all, values, value, onChange }: ChoiceFieldProps) {
  return (
    <Field name={name} label={label}>
      <select id={name} name={name} defaultValue={value} onChange={onChange}>
        <option value="">{all}</option>
        {values.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </Field>
  );
}

function DayField({ value, onChange }: Pick<ChoiceFieldProps, 'value' | 'onChange'>) {
  return (
    <Field name="day" label="Ended on">
      <input id="day" type="date" name="day" defaultValue={value} onChange={onChange} />
    </Field>
  );
}

function Field({ name, label, children }: { name: string; label: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label htmlFor={name}>{label}</label>
      {children}
    </div>
  );
}
