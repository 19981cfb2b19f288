export { KeysModule } from './keys.module.js';

export { KeyRing, type WallClock } from './key-ring.js';
export type { Key, KeyName } from './key.js';
export { PURPOSES, type Purpose } from './purposes.js';
export { KeyRingError, type KeyRingErrorCode } from './key-ring-error.js';

export { initKeyRing, keyRingPath, openKeyRing, type KeyRingSettings } from './open-key-ring.js';
export { type KeyAge, keyAges } from './key-ages.js';
export { pssPublicKey, rsaPrivateKey } from './rsa.js';
export { DocumentSigner } from './document-signer.js';
export { ed25519PrivateKey, signWith, verifyWith, type PublicJwk } from './ed25519.js';

export { KeyUsers, type NamedKeys } from './key-users.js';
export { KeyRotation } from './key-rotation.js';
export type { RotationReport } from './rotate-due.js';
