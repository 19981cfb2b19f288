import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '../../platform/config/index.js';
import { AttemptsModule } from '../attempts/attempts.module.js';
import { PermissionsModule } from '../permissions.module.js';
import { Issuance } from './issuance.js';
import { IssuerDirectory } from './issuer-directory.js';
import { IssuerDirectoryController } from './issuer-directory.controller.js';
import { UploadTokenController } from './upload-token.controller.js';

/** Issuing upload tokens over HTTP. Redeeming them is part of taking in a report: {@link PermissionsModule}. */
@Module({})
export class UploadTokensModule {
  static of({ roles }: Pick<Config, 'roles'>): DynamicModule {
    return {
      module: UploadTokensModule,
      imports: [PermissionsModule, AttemptsModule],
      controllers: roles.has('public') ? [UploadTokenController, IssuerDirectoryController] : [],
      providers: [Issuance, IssuerDirectory],
    };
  }
}
