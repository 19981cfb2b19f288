import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Key, KeyRing } from '../../platform/keys/index.js';
import type { RegionId } from '../../regions/index.js';
import { CEN_BYTES } from './report.js';

/** AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D section 8.2.2: up to 2^32 rows under one key). */
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const BACKER_BYTES = 16;
/** The backing and the backer. */
const HEAD_BYTES = 1 + BACKER_BYTES;
const GROUP_HEAD_BYTES = 12;

/** How the right to a report was proved; `unbacked` under the policy `open`, where it counts for nothing. */
export type Backing = 'permission' | 'token' | 'site' | 'unbacked';

/** By their numbers in a row: new ones go to the end, because a running system has rows. */
const BACKINGS: readonly Backing[] = ['permission', 'unbacked', 'token', 'site'];

/** In the byte of the backing: {@link PendingReport.heldSince} comes before the groups, padding after them. */
const HELD = 0x80;
const HELD_SINCE_BYTES = 4;
/** Rows of reports that wait have a length of whole pieces of this: those of 8,200 to 12,200 CENs look alike, whatever they were before. */
const HELD_PIECE_BYTES = 65_536;

/** What one pending row holds once decrypted. */
export interface PendingReport {
  readonly backing: Backing;
  /** UUID of the authority that minted the number; absent where nothing backs the report, and of a token, whose authority nobody knows. */
  readonly authority: string | undefined;
  /** UUID of the upload site, where one backs the report. */
  readonly site?: string;
  /** Start of the slot that held it first, in Unix seconds. */
  readonly heldSince?: number;
  readonly groups: readonly PendingGroup[];
}

/** One group of a pending report; its sealing takes the CENs out. */
export interface PendingGroup {
  readonly cell: RegionId;
  cens: Uint8Array;
}

/** One row of `pending_report`: nothing in it but its size can be read without the key ring. */
export interface SealedReport {
  readonly id: string;
  readonly keyId: string;
  readonly sealed: Uint8Array;
}

/** Encrypts a report for the time until its sealing, bound to its row by the row's id (protocol section 8.3). */
export function sealPending(id: string, report: PendingReport, key: Key): SealedReport {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key.secret, nonce).setAAD(Buffer.from(id));
  const sealed = Buffer.concat([
    nonce,
    // In one call: with two for each group, a thousand groups cost as much as thirty reports.
    cipher.update(plainOf(report)),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return { id, keyId: key.id, sealed };
}

/**
 * Decrypts a pending row; undefined when the ring lacks the row's key, the row was altered, or a newer build wrote it.
 * The CENs of its groups are views of one buffer.
 */
export function openPending(row: SealedReport, keys: Pick<KeyRing, 'find'>): PendingReport | undefined {
  const key = keys.find('pending-aead', row.keyId);
  if (key === undefined) return undefined;
  try {
    return readPlain(decrypted(row, key));
  } catch {
    return undefined;
  }
}

interface Plain {
  readonly head: Buffer;
  /** Not behind the head: its CENs lie at multiples of four, so that the sort reads them as words where they are. */
  readonly groups: Buffer;
}

function decrypted({ id, sealed }: SealedReport, key: Key): Plain {
  const decipher = createDecipheriv(CIPHER, key.secret, sealed.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(id)).setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const groupsAt = NONCE_BYTES + HEAD_BYTES;
  const head = decipher.update(sealed.subarray(NONCE_BYTES, groupsAt));
  const groups = decipher.update(sealed.subarray(groupsAt, sealed.length - TAG_BYTES));
  // Throws unless the tag fits; GCM keeps no bytes back.
  decipher.final();
  return { head, groups };
}

function headOf({ backing, authority, site, heldSince }: PendingReport): Buffer {
  const bytes = Buffer.alloc(HEAD_BYTES);
  bytes[0] = BACKINGS.indexOf(backing) | (heldSince === undefined ? 0 : HELD);
  const backer = site ?? authority;
  if (backer !== undefined) bytes.write(backer.replaceAll('-', ''), 1, 'hex');
  return bytes;
}

function plainOf(report: PendingReport): Buffer {
  const { heldSince } = report;
  const sizes = report.groups.map(({ cens }) => GROUP_HEAD_BYTES + cens.length);
  const size = sizes.reduce((sum, size) => sum + size, HEAD_BYTES);
  const plain = heldSince === undefined ? Buffer.allocUnsafe(size) : Buffer.alloc(heldSize(size));
  plain.set(headOf(report));
  let at = HEAD_BYTES;
  if (heldSince !== undefined) at = plain.writeUInt32LE(heldSince, at);
  for (const { cell, cens } of report.groups) {
    plain.writeBigUInt64LE(cell, at);
    plain.writeUInt32LE(cens.length / CEN_BYTES, at + 8);
    plain.set(cens, at + GROUP_HEAD_BYTES);
    at += GROUP_HEAD_BYTES + cens.length;
  }
  return plain;
}

function heldSize(size: number): number {
  return Math.ceil((size + HELD_SINCE_BYTES) / HELD_PIECE_BYTES) * HELD_PIECE_BYTES;
}

function readPlain({ head, groups: packed }: Plain): PendingReport {
  const backing: Backing | undefined = BACKINGS[head[0] & ~HELD];
  if (backing === undefined) throw new RangeError('a kind of credential that this build does not know');
  const hex = head.toString('hex', 1, HEAD_BYTES);
  const backer = /^0+$/.test(hex) ? undefined : toUuid(hex);
  const isHeld = (head[0] & HELD) !== 0;
  const heldSince = isHeld ? packed.readUInt32LE(0) : undefined;
  const groups = readGroups(isHeld ? packed.subarray(HELD_SINCE_BYTES) : packed);
  return backing === 'site'
    ? { backing, authority: undefined, site: backer, heldSince, groups }
    : { backing, authority: backer, heldSince, groups };
}

/** Padding reads as groups of the world without CENs, which are none. */
function readGroups(packed: Buffer): PendingGroup[] {
  const groups: PendingGroup[] = [];
  for (let at = 0; at + GROUP_HEAD_BYTES <= packed.length;) {
    const cell: RegionId = packed.readBigUInt64LE(at);
    const count = packed.readUInt32LE(at + 8);
    const start = at + GROUP_HEAD_BYTES;
    at = start + count * CEN_BYTES;
    if (count > 0) groups.push({ cell, cens: packed.subarray(start, at) });
  }
  return groups;
}

function toUuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
