import { systemClock } from '../batch/read-batch.js';
import { defaultPrimitives } from '../crypto/primitives.js';
import type { Primitives } from '../crypto/primitives.js';
import { CEN_SIGNATURE_HEADER } from '../documents/cen-signature.js';
import { ed25519KeyId } from '../documents/key-id.js';
import { readPublicKey } from '../documents/key-set.js';
import { verifyDocument } from '../documents/verify-document.js';
import { HttpStatusError } from '../http.js';
import type { Server } from '../http.js';
import { parseDirectory } from './directory.js';
import type { IssuerDirectory } from './directory.js';

const PATH = '/.well-known/private-token-issuer-directory';

/** A directory of two keys has about 1 KiB. */
const MOST_BYTES = 2 ** 20;

export interface DirectoryOptions {
  /** The root public key that the app ships with: 32 bytes in base64url (`npm run cen -- keys root`). */
  readonly rootKey: string;
  /** Unix seconds; the system's clock by default. */
  readonly now?: () => number;
  readonly primitives?: Pick<Primitives, 'sha256' | 'verifyEd25519'>;
}

/**
 * The issuer directory, verified: by the root key alone, so that nobody between server and phone can hand out a key of their own,
 * by which they would know the phone's token again. Throws NetworkError, HttpStatusError or DocumentError.
 */
export async function fetchDirectory(server: Server, options: DirectoryOptions): Promise<IssuerDirectory> {
  const { now = systemClock, primitives = defaultPrimitives } = options;
  const root = readPublicKey(options.rootKey);
  const rootId = ed25519KeyId(root, (bytes) => {
    const hash = primitives.sha256();
    hash.update(bytes);
    return hash.digest();
  });
  const response = await server.request(PATH, {});
  if (response.status !== 200) throw new HttpStatusError(response.status, PATH);
  const body = await server.bytes(response, PATH, MOST_BYTES);
  const findKey = (id: string) => (id === rootId ? root : undefined);
  await verifyDocument(body, response.headers.get(CEN_SIGNATURE_HEADER), { findKey, now: now(), primitives });
  return parseDirectory(new TextDecoder('utf-8', { fatal: true }).decode(body), now());
}
