import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendDocument } from '../../platform/http/index.js';
import { IssuerDirectory } from './issuer-directory.js';
import { DescribeIssuerDirectory } from './tokens.openapi.js';

/** Where RFC 9578 section 4 has clients look for the keys of an issuer. */
@Controller('.well-known/private-token-issuer-directory')
export class IssuerDirectoryController {
  constructor(private readonly directory: IssuerDirectory) {}

  @Get()
  @DescribeIssuerDirectory()
  issuerDirectory(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    sendDocument(request, reply, this.directory.read());
  }
}
