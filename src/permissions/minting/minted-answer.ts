import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { MintedOrder } from './mint.js';
import type { mintedOrder } from './minting.schema.js';
import { numberList } from './number-list.js';

/** What an order is answered as; the first unless `Accept` says otherwise. */
export const MINTED_MEDIA_TYPES = ['application/json', 'text/csv'] as const;

export type MintedMediaType = (typeof MINTED_MEDIA_TYPES)[number];

/** Minted numbers in the media type that was asked for. */
@Injectable()
export class MintedAnswer {
  write(reply: FastifyReply, mediaType: MintedMediaType, minted: MintedOrder): z.input<typeof mintedOrder> | string {
    if (mediaType === 'application/json') return { ...minted, numbers: [...minted.numbers] };
    reply.type('text/csv; charset=utf-8; header=present');
    reply.header('content-disposition', 'attachment; filename="permission-numbers.csv"');
    return numberList(minted);
  }
}
