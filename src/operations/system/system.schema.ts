import { z } from 'zod';
import { PURPOSES } from '../../platform/keys/index.js';

const seconds = z.number().meta({ description: 'Unix seconds' });

/** `GET /admin/v1/system`. */
export const systemDocument = z
  .object({
    serverTime: seconds,
    slotSeconds: z.int(),
    version: z.string(),
    sealing: z.object({
      lastSlot: z.int().nullable().meta({ description: 'Start of the latest sealed slot' }),
      lastSealedAt: seconds.nullable(),
      nextDueAt: seconds,
      overdue: z.boolean(),
      heldSince: z.int().nullable().meta({
        description:
          'Start of the slot since which the longest of the reports that wait for others does; null when none waits',
      }),
      pendingAtLastSealing: z
        .int()
        .nullable()
        .meta({ description: 'Reports that the latest sealing found; null when they were fewer than MIN_REPORTS' }),
    }),
    retention: z.object({
      days: z.int(),
      oldestDay: z.iso.date().nullable().meta({ description: 'Oldest UTC day with a batch' }),
      nextDropAt: seconds.meta({ description: 'When that day passes its retention' }),
    }),
    keys: z.array(
      z.object({
        purpose: z.enum(PURPOSES),
        id: z.string(),
        state: z.enum(['current', 'next', 'retired']),
        createdAt: seconds,
        rotatesAt: seconds.nullable(),
      }),
    ),
    replicas: z.array(
      z.object({ name: z.string(), roles: z.array(z.string()), version: z.string(), lastSeenAt: seconds }),
    ),
    database: z.object({ bytes: z.int() }),
    alerts: z.array(
      z.object({
        code: z.string(),
        severity: z.enum(['warning', 'critical']),
        since: seconds,
        detail: z.string(),
        advice: z.string().meta({ description: 'What somebody should do about it' }),
        doc: z.string().meta({ description: 'The section of the documents about it' }),
      }),
    ),
  })
  .meta({
    example: {
      serverTime: 1795471500.25,
      slotSeconds: 3600,
      version: '0.1.0',
      sealing: {
        lastSlot: 1795467600,
        lastSealedAt: 1795471200.5,
        nextDueAt: 1795474800,
        overdue: false,
        heldSince: null,
        pendingAtLastSealing: 41,
      },
      retention: { days: 21, oldestDay: '2026-11-04', nextDropAt: 1795564800 },
      keys: [
        {
          purpose: 'pending-aead',
          id: '90facafea9b1556a',
          state: 'current',
          createdAt: 1795460000,
          rotatesAt: 1795481660,
        },
      ],
      replicas: [{ name: 'cen-1/4711', roles: ['public', 'worker'], version: '0.1.0', lastSeenAt: 1795471497 }],
      database: { bytes: 16777216 },
      alerts: [
        {
          code: 'sealing-backlog',
          severity: 'warning',
          since: 1795467601,
          detail: 'More was pending than SEAL_MAX_CENS; the rest goes into the next slots.',
          advice: 'Nothing if it passes; otherwise raise SEAL_MAX_CENS, and give the process memory for it.',
          doc: 'docs/operations.md#sealing-backlog',
        },
      ],
    },
  });

export type SystemDocument = z.output<typeof systemDocument>;
