/** Whether `If-None-Match` names this strong ETag (RFC 9110 section 13.1.2: weak comparison), so that 304 is the answer. */
export function isNotModified(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

/** Whether `If-Range` lets a range be sent: absent, or exactly this ETag (RFC 9110 section 13.1.5). Dates never match. */
export function allowsRange(ifRange: string | undefined, etag: string): boolean {
  return ifRange === undefined || ifRange === etag;
}
