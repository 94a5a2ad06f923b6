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
