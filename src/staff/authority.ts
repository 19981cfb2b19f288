/** A health authority: the tenant that numbers, and later staff, keys, quotas and statistics, belong to. */
export interface Authority {
  /** UUID. */
  readonly id: string;
  readonly name: string;
}

/** The authority that exists from the first start on, and that `cen mint` mints for unless told otherwise. */
export const DEFAULT_AUTHORITY = 'default';
