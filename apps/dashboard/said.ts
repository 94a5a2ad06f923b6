import { createElement, type FunctionComponent } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

/** What readers are told, as one line. Each test gives what its sentence depends on, and nothing else. */
export function said(component: unknown, props: object): string {
  const html = renderToStaticMarkup(createElement(component as FunctionComponent, props));
  return html
    .replaceAll(/<[^>]+>/gu, '')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&');
}

/** An index without anything in it. */
export const nothing = {
  version: '1',
  ask: () => [],
  folders: [],
  folder: () => null,
  indexing: null,
};

/** What became of the clips that a failed job did not make, before anybody has taken care of them. */
export const NO_OUTCOME = {
  unmade: 7,
  open: 7,
  unclear: 0,
  good: 0,
  since: 0,
  before: 0,
  jobs: 0,
  by: null,
  retried: 0,
  retryJobs: 0,
  retries: [],
  unclearJobs: 0,
  unclearBy: null,
  isOwnUnclear: false,
};
