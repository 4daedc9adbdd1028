/** The first script: small, so that the page of an address is fetched beside all the others. */

if (/^\/w\/[^/]+\/sessions\//.test(location.pathname)) {
  void import('@/features/workbench/SessionPage').then(({ beginAt }) => beginAt(location.pathname));
}
void import('./main');
