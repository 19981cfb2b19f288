import { z } from 'zod';
import { MAX_ORDER_COUNT, MAX_VALIDITY_HOURS, MIN_VALIDITY_HOURS } from './order.js';

const ORDER = '3f8e9d2c-7b6a-4c5d-9e8f-0a1b2c3d4e5f';
const MEMBER = '5f0c3a52-8f0e-4c2e-9d5b-6a7f0f1b2c3d';

/** Strict, and without a field for anything about a person: there is nowhere to put a name or a case number. */
export const newOrder = z
  .strictObject({
    requestId: z.uuid().meta({
      description:
        'A random UUID of your own, the same for each retry: it then answers the same numbers and mints none',
    }),
    count: z.int().min(1).max(MAX_ORDER_COUNT),
    validityHours: z.int().min(MIN_VALIDITY_HOURS).max(MAX_VALIDITY_HOURS).optional().meta({
      description: 'How long the numbers are valid, rounded up to the hour; 24 unless the server is set otherwise',
    }),
  })
  .meta({ example: { requestId: 'c0a8012e-5b1f-4d3a-8e2b-9f4d6a7c1b0e', count: 2, validityHours: 24 } });

export const mintedOrder = z
  .object({
    order: z.uuid(),
    numbers: z.array(z.string()).meta({ description: 'Leading zeros count' }),
    expiresAt: z.int().meta({ description: 'Unix seconds: refused from then on' }),
  })
  .meta({ example: { order: ORDER, numbers: ['482199370156', '004271950383'], expiresAt: 1930993200 } });

export const wantedRevocation = z
  .union([z.strictObject({ number: z.string().max(64) }), z.strictObject({ order: z.uuid() })], {
    error: 'is {"number":"…"} or {"order":"<uuid>"}, one of the two and nothing else',
  })
  .meta({ example: { number: '4821-9937-0156' } });

export const orderPage = z.strictObject({
  after: z.uuid().optional().meta({ description: 'The last order of the page before' }),
  limit: z.coerce.number().pipe(z.int().min(1).max(1000)).default(500),
});

export const orderList = z
  .object({
    orders: z.array(
      z.object({
        order: z.uuid(),
        count: z.int(),
        createdOn: z.iso.date(),
        expiresAt: z.int(),
        mintedBy: z.object({ kind: z.enum(['member', 'key', 'system']), id: z.uuid().nullable() }),
      }),
    ),
  })
  .meta({
    example: {
      orders: [
        {
          order: ORDER,
          count: 2,
          createdOn: '2031-03-10',
          expiresAt: 1930993200,
          mintedBy: { kind: 'member', id: MEMBER },
        },
      ],
    },
  });

const use = z.object({ limit: z.int().nullable().meta({ description: 'Null: no limit' }), used: z.int() });

export const quotaState = z.object({ day: z.iso.date(), resetsAt: z.int(), own: use, authority: use }).meta({
  example: {
    day: '2031-03-10',
    resetsAt: 1930953600,
    own: { limit: 200, used: 12 },
    authority: { limit: null, used: 340 },
  },
});
