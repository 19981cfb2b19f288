/** An entry as the API gives it. */
export interface AuditEntry {
  readonly seq: number;
  readonly at: number;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly actorRole: string | null;
  readonly authorityId: string | null;
  readonly action: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The end of the chain, signed by the server. */
export interface SignedHead {
  readonly seq: number;
  readonly hash: string;
  readonly signedAt: number;
  readonly publicKey: string;
  readonly signature: string;
}

const GENESIS = '0'.repeat(64);
const CONTEXT = 'CEN audit head\n';

/** RFC 8785 for strings, integers, booleans and null: members in order, no spaces. */
function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}

async function hashOf(entry: AuditEntry, previous: string): Promise<string> {
  const { seq, at, actorKind, actorId, actorRole, authorityId, action, details } = entry;
  const linked = { seq, at, actorKind, actorId, actorRole, authorityId, action, details, previous };
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalJson(linked)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Whether the entries, in the order of the chain, lead without a gap to the head, and the head is signed. Computed here, so
 * that it does not rest on what the server says of its own log.
 */
export async function isIntact(entries: readonly AuditEntry[], head: SignedHead): Promise<boolean> {
  let previous = GENESIS;
  for (const [index, entry] of entries.slice(0, head.seq).entries()) {
    if (entry.seq !== index + 1) return false;
    previous = await hashOf(entry, previous);
  }
  return entries.length >= head.seq && previous === head.hash && isSigned(head);
}

async function isSigned({ seq, hash, signedAt, publicKey, signature }: SignedHead): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', bytesOf(publicKey), 'Ed25519', false, ['verify']);
  const message = new TextEncoder().encode(CONTEXT + canonicalJson({ seq, hash, signedAt }));
  return crypto.subtle.verify('Ed25519', key, bytesOf(signature), message);
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
