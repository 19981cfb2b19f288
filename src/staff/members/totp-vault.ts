import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../platform/keys/index.js';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const OFFER_SECONDS = 3600;

/** A secret under the staff-aead key of that id: IV, ciphertext and tag of AES-256-GCM. */
export interface SealedSecret {
  readonly keyId: string;
  readonly sealed: Buffer;
}

/** Keeps what codes follow from, bound to its member, under a key outside the database: a stolen database signs nobody in. */
@Injectable()
export class TotpVault {
  constructor(private readonly keys: KeyRing) {}

  seal(memberId: string, secret: Buffer): SealedSecret {
    return this.#encrypt(`totp ${memberId}`, secret);
  }

  /** @throws when the key ring has lost the key, or the row is another member's */
  open(memberId: string, sealed: SealedSecret): Buffer {
    const secret = this.#decrypt(`totp ${memberId}`, sealed);
    if (secret === undefined) throw new Error(`The staff-aead key ${sealed.keyId} does not open this secret`);
    return secret;
  }

  /** The same secret under the current key, if it is under an older one. */
  renew(memberId: string, sealed: SealedSecret): SealedSecret | undefined {
    if (sealed.keyId === this.keys.current('staff-aead').id) return undefined;
    return this.seal(memberId, this.open(memberId, sealed));
  }

  /** A secret on offer to a member for an hour: the text goes to the browser and back, and nothing is stored meanwhile. */
  offer(memberId: string, secret: Buffer, now: number): string {
    const until = Buffer.alloc(6);
    until.writeUIntBE(Math.floor(now) + OFFER_SECONDS, 0, 6);
    const { keyId, sealed } = this.#encrypt(`offer ${memberId}`, Buffer.concat([until, secret]));
    return Buffer.concat([Buffer.from(keyId, 'hex'), sealed]).toString('base64url');
  }

  /** The secret that was offered; undefined if not to this member, not by this deployment, or too long ago. */
  takeOffer(memberId: string, offer: string, now: number): Buffer | undefined {
    const bytes = Buffer.from(offer, 'base64url');
    const sealed = { keyId: bytes.toString('hex', 0, 8), sealed: bytes.subarray(8) };
    const opened = this.#decrypt(`offer ${memberId}`, sealed);
    return opened !== undefined && opened.readUIntBE(0, 6) > now ? opened.subarray(6) : undefined;
  }

  #encrypt(purpose: string, plain: Buffer): SealedSecret {
    const key = this.keys.current('staff-aead');
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key.secret, iv).setAAD(Buffer.from(purpose));
    return { keyId: key.id, sealed: Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]) };
  }

  #decrypt(purpose: string, { keyId, sealed }: SealedSecret): Buffer | undefined {
    const key = this.keys.find('staff-aead', keyId);
    if (key === undefined || sealed.length < IV_BYTES + TAG_BYTES) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', key.secret, sealed.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(purpose))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch {
      return undefined;
    }
  }
}
