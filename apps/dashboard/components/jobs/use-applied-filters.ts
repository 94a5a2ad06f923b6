'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useTransition, type RefObject } from 'react';

const TYPING_PAUSE_MS = 300;

/** The values of the filters by name; an empty text for one that is not set. */
export type FilterValues = Readonly<Record<string, string>>;

/** Makes what stands in a form of filters the view: the URL says all of it. */
export function useAppliedFilters(form: RefObject<HTMLFormElement | null>, current: FilterValues) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const router = useRouter();
  const [, startTransition] = useTransition();
  useFollowedFields(form, current);

  const apply = (how: 'push' | 'replace') => {
    clearTimeout(timer.current);
    if (form.current === null) return;
    const url = urlOf(new FormData(form.current));
    startTransition(() => router[how](url, { scroll: false }));
  };
  const applySoon = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => apply('replace'), TYPING_PAUSE_MS);
  };
  return { apply, applySoon };
}

/** Fields follow the URL (back, a link, another search), but never change under the reader's hands. */
function useFollowedFields(form: RefObject<HTMLFormElement | null>, current: FilterValues): void {
  useEffect(() => {
    for (const field of form.current?.elements ?? []) {
      if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) continue;
      const value = current[field.name];
      if (value !== undefined && field !== document.activeElement) field.value = value;
    }
  }, [form, current]);
}

function urlOf(data: FormData): `/jobs${string}` {
  const parameters = new URLSearchParams();
  for (const [name, value] of data)
    if (typeof value === 'string' && value !== '') parameters.set(name, value);
  return parameters.size === 0 ? '/jobs' : `/jobs?${parameters}`;
}
