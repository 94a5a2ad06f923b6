/** What stands behind the path of an address: Next doesn't tell it to the page of what is not there. */
export const SEARCH_HEADER = 'x-dashboard-search';
