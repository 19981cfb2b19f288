import type { Purpose } from './purposes.js';

/** One version of a key, ready for use. */
export interface Key {
  readonly purpose: Purpose;
  /** 16 lower-case hex digits; for Ed25519 the start of the RFC 7638 thumbprint, for RSA the end of the public half's SHA-256. */
  readonly id: string;
  /** Unix seconds of the wall clock, like the two below. */
  readonly createdAt: number;
  /** From when it is current, unless a later one is. */
  readonly activeFrom: number;
  /** When the next version became, or will become, current. */
  readonly retiredAt?: number;
  /** 32 bytes; of an RSA key, its PKCS #8 (DER). Not enumerable: neither JSON nor a log line shows it. */
  readonly secret: Buffer;
  /** The 32 raw bytes of an Ed25519 public half. */
  readonly publicKey?: Buffer;
}

/** One version as the file has it. `secret` is absent once the private half of a signing key has been destroyed. */
export interface KeyVersion {
  readonly purpose: Purpose;
  readonly id: string;
  readonly createdAt: number;
  readonly activeFrom: number;
  readonly secret?: Buffer;
  readonly publicKey?: Buffer;
}

/** Which version, without anything secret: for reports, logs and `keys list`. */
export interface KeyName {
  readonly purpose: Purpose;
  readonly id: string;
}

export function keyName({ purpose, id }: KeyName): KeyName {
  return { purpose, id };
}

/** The versions of one purpose, newest first. */
export function versionsOf<V extends KeyVersion>(versions: readonly V[], purpose: Purpose): V[] {
  return versions
    .filter((version) => version.purpose === purpose)
    .sort((a, b) => b.activeFrom - a.activeFrom || b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
}

/** When a version stopped, or will stop, being current: its successor's start. */
export function retirementOf(newestFirst: readonly KeyVersion[], index: number): number | undefined {
  return index === 0 ? undefined : newestFirst[index - 1].activeFrom;
}

export function usableKey(version: KeyVersion & { readonly secret: Buffer }, retiredAt: number | undefined): Key {
  const { secret, ...visible } = version;
  const key = retiredAt === undefined ? visible : { ...visible, retiredAt };
  return Object.freeze(Object.defineProperty(key as Key, 'secret', { value: secret, enumerable: false }));
}
