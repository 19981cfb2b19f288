import { type DynamicModule, Module } from '@nestjs/common';
import { DocumentSigner } from './document-signer.js';
import { KeyRing } from './key-ring.js';
import { KeyRingWatch } from './key-ring-watch.js';
import { KeyRotation } from './key-rotation.js';
import { KeyUsers } from './key-users.js';
import { type KeyRingSettings, openKeyRing } from './open-key-ring.js';
import { RotationLock } from './rotation-lock.repository.js';

/** Gives every module {@link KeyRing}, which follows its file, {@link KeyUsers}, {@link KeyRotation} and {@link DocumentSigner}. */
@Module({})
export class KeysModule {
  static of(settings: KeyRingSettings): DynamicModule {
    return {
      module: KeysModule,
      global: true,
      providers: [
        { provide: KeyRing, useFactory: () => openKeyRing(settings) },
        KeyRingWatch,
        KeyUsers,
        RotationLock,
        KeyRotation,
        DocumentSigner,
      ],
      exports: [KeyRing, KeyUsers, KeyRotation, DocumentSigner],
    };
  }
}
