import { PermissionsError } from '../permissions-error.js';

export const MAX_ORDER_COUNT = 1000;
export const MIN_VALIDITY_HOURS = 1;
export const MAX_VALIDITY_HOURS = 7 * 24;

/** What somebody asks for. Bounds are those of protocol section 5. */
export interface MintOrder {
  /** UUID that the client chose: the same again of the same minter means the same order. */
  readonly requestId: string;
  /** 1 to 1,000. */
  readonly count: number;
  /** 1 h to 7 days in whole hours; `PERMISSION_HOURS` if absent. */
  readonly validityHours?: number | undefined;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws PermissionsError `invalid-order`, naming every field that is out of bounds */
export function checkOrder({ requestId, count, validityHours }: Required<MintOrder>): void {
  const errors = [
    ...(UUID.test(requestId) ? [] : [{ pointer: '/requestId', detail: 'must be a UUID' }]),
    ...(isWithin(count, 1, MAX_ORDER_COUNT)
      ? []
      : [{ pointer: '/count', detail: `must be a whole number from 1 to ${MAX_ORDER_COUNT}` }]),
    ...(isWithin(validityHours, MIN_VALIDITY_HOURS, MAX_VALIDITY_HOURS)
      ? []
      : [
          {
            pointer: '/validityHours',
            detail: `must be a whole number from ${MIN_VALIDITY_HOURS} to ${MAX_VALIDITY_HOURS}`,
          },
        ]),
  ];
  if (errors.length > 0) throw new PermissionsError('invalid-order', { errors });
}

function isWithin(value: number, lowest: number, highest: number): boolean {
  return Number.isInteger(value) && value >= lowest && value <= highest;
}
