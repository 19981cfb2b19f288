/**
 * Whether a browser sends a request for a page that is no app of the deployment. An address is no secret that a page would have to know:
 * any that somebody opens inside a clinic could report in the clinic's name. Apps that are no page send neither header, and no
 * page can leave them out or change them (Fetch standard section 3.2, Fetch Metadata section 2).
 * @param appOrigins such as `https://app.example.org`
 */
export function isForeignPage(
  { origin, 'sec-fetch-site': site }: Readonly<Record<string, unknown>>,
  appOrigins: readonly string[],
): boolean {
  if (site === 'same-origin' || site === 'none') return false;
  if (typeof origin === 'string') return !appOrigins.includes(origin);
  return site !== undefined;
}
