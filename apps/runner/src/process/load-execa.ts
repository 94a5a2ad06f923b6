/**
 * What starts programs. It is loaded with the first one, because a look at an empty folder starts none. A service loads it as it starts: its
 * files may be replaced while it runs.
 */
export const loadExeca = () => import('execa');
