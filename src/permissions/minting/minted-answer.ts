import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Authorities } from '../../staff/index.js';
import { SheetPrinter } from '../sheets/sheet-printer.js';
import type { MintedOrder } from './mint.js';
import type { mintedOrder } from './minting.schema.js';
import { numberList } from './number-list.js';

/** What an order is answered as; the first unless `Accept` says otherwise. */
export const MINTED_MEDIA_TYPES = ['application/json', 'text/csv', 'application/pdf'] as const;

export type MintedMediaType = (typeof MINTED_MEDIA_TYPES)[number];

/** Minted numbers in the media type that was asked for. */
@Injectable()
export class MintedAnswer {
  constructor(
    private readonly authorities: Authorities,
    private readonly printer: SheetPrinter,
  ) {}

  /** @returns the body; sets its headers */
  async write(
    reply: FastifyReply,
    mediaType: MintedMediaType,
    minted: MintedOrder,
    authorityId: string,
  ): Promise<z.input<typeof mintedOrder> | string | Buffer> {
    switch (mediaType) {
      case 'application/json':
        return { ...minted, numbers: [...minted.numbers] };
      case 'text/csv':
        offerFile(reply, 'text/csv; charset=utf-8; header=present', 'permission-numbers.csv');
        return numberList(minted);
      case 'application/pdf':
        offerFile(reply, mediaType, 'permission-numbers.pdf');
        return this.printer.print(minted, await this.authorities.get(authorityId));
    }
  }
}

function offerFile(reply: FastifyReply, type: string, name: string): void {
  reply.type(type).header('content-disposition', `attachment; filename="${name}"`);
}
