import { z } from 'zod';
import { line } from '../../platform/http/index.js';
import { type AddressRange, contains, formatRange, readRange } from './address-range.js';
import { MAX_RANGES_OF_SITE } from './upload-site.js';

const range = z.string().transform((text, context): AddressRange => {
  const read = readRange(text.trim());
  if (!('fault' in read)) return read;
  context.addIssue({ code: 'custom', message: read.fault });
  return z.NEVER;
});

/** Normalised on the way in: one range has one spelling, and none is said twice. */
const ranges = z
  .array(range)
  .min(1)
  .max(MAX_RANGES_OF_SITE)
  .superRefine((list, context) => {
    list.forEach((inner, index) => {
      const outer = list.find((other, place) => place !== index && contains(other, inner));
      if (outer === undefined) return;
      context.addIssue({
        code: 'custom',
        path: [index],
        message: `lies in ${formatRange(outer)}, which the list has already`,
      });
    });
  })
  .transform((list) => list.map(formatRange));

const name = line(100);

const example = { name: 'Test centre at the harbour', ranges: ['192.0.2.0/24', '2001:db8::/48'] };

export const newSite = z
  .strictObject({ name, ranges })
  .meta({ example, description: 'IPv4 from /16, IPv6 from /40; no private and no reserved addresses' });

export const siteChange = newSite.partial().meta({ example: { ranges: ['192.0.2.0/25'] } });

export const siteDocument = z
  .object({
    id: z.uuid(),
    authorityId: z.uuid(),
    name: z.string(),
    ranges: z.array(z.string()).meta({ description: 'CIDR, in one spelling' }),
    createdOn: z.iso.date(),
    overlaps: z
      .array(
        z.object({
          range: z.string().meta({ description: 'One of this site’s' }),
          with: z.object({
            siteId: z.uuid(),
            name: z.string().nullable(),
            authorityId: z.uuid().nullable(),
            range: z.string(),
          }),
        }),
      )
      .meta({
        description:
          'Ranges of other sites that meet one of this: the narrowest counts. Managers are not told which authority’s',
      }),
  })
  .meta({
    example: {
      id: '6f1c2f4e-9d0b-4f7a-8a51-0c9b7e2d3a44',
      authorityId: '0d4c1f7e-3f0a-4f5b-8d8e-2b1a9c8d7e6f',
      ...example,
      createdOn: '2031-03-10',
      overlaps: [
        {
          range: '192.0.2.0/24',
          with: {
            siteId: 'a0b5c3d2-1e4f-4a6b-9c8d-7e6f5a4b3c2d',
            name: 'Pharmacy on the corner',
            authorityId: '0d4c1f7e-3f0a-4f5b-8d8e-2b1a9c8d7e6f',
            range: '192.0.2.128/26',
          },
        },
      ],
    },
  });

export const siteList = z.object({ sites: z.array(siteDocument) });
