'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef, useTransition, type RefObject } from 'react';

const TYPING_PAUSE_MS = 300;

/** The values of the filters by name; an empty text for one that is not set. */
export type FilterValues = Readonly<Record<string, string>>;

/** Makes what stands in a form of filters the view: the URL says all of it. */
export function useAppliedFilters(
  form: RefObject<HTMLFormElement | null>,
  path: string,
  current: FilterValues,
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
 * Fields follow the URL (back, a link, another search), but never change under the reader's hands. What was chosen before
 * scripts ran is applied now, and stays in its field until the view has followed: only another URL puts fields back.
 */
function useFollowedFields(
  form: RefObject<HTMLFormElement | null>,
  current: FilterValues,
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

/** The fields that filter; what is kept besides is hidden. */
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
