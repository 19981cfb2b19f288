import type { PermissionNumber } from '../number-format.js';

/**
 * What a slip's QR code holds: the authority's app link with the number as its fragment, which a browser sends to no server,
 * so that a page that stands in for the app has no number in its log. A link with a fragment of its own is continued by the number. Without
 * a link: the number alone.
 */
export function appLinkOf(appLink: string | null, number: PermissionNumber): string {
  if (appLink === null) return number;
  return appLink.includes('#') ? `${appLink}${number}` : `${appLink}#${number}`;
}
