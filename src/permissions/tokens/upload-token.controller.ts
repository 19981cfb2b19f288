import { Body, Controller, Header, Headers, HttpCode, Ip, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { PlatformError } from '../../platform/http/index.js';
import { parseIssuanceCredential } from './issuance-credential.js';
import { Issuance } from './issuance.js';
import { DescribeUploadToken, TOKEN_REQUEST_MEDIA_TYPE, TOKEN_RESPONSE_MEDIA_TYPE } from './tokens.openapi.js';

/** `POST /v1/upload-tokens` (RFC 9578 section 6). The order of the checks is that of reports (protocol section 9). */
@Controller('v1/upload-tokens')
export class UploadTokenController {
  constructor(
    private readonly issuance: Issuance,
    @InjectConfig() private readonly config: Pick<Config, 'permissionDigits'>,
  ) {}

  @Post()
  @HttpCode(200)
  @Header('content-type', TOKEN_RESPONSE_MEDIA_TYPE)
  @RouteConfig({ equalAnswer: true, rawBody: true })
  @DescribeUploadToken()
  async requestToken(
    @Body() body: Buffer | undefined,
    @Headers('content-type') mediaType: string | undefined,
    @Headers('authorization') authorization: string | undefined,
    @Ip() address: string,
  ): Promise<Buffer> {
    if (essence(mediaType) !== TOKEN_REQUEST_MEDIA_TYPE)
      throw new PlatformError('unsupported-media-type', { detail: `Send ${TOKEN_REQUEST_MEDIA_TYPE}.` });
    const request = this.issuance.read(body ?? Buffer.alloc(0));
    const credential = parseIssuanceCredential(authorization, this.config.permissionDigits);
    return this.issuance.issue(request, credential, address);
  }
}

/** A media type without its parameters (RFC 9110 section 8.3.1). */
function essence(mediaType = ''): string {
  return mediaType.split(';', 1)[0].trim().toLowerCase();
}
