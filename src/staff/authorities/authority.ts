/** Languages in which an authority's sheets are printed. */
export const LANGUAGES = ['en', 'es', 'de', 'fr', 'it'] as const;

export type Language = (typeof LANGUAGES)[number];

/** A health authority: the tenant that numbers, staff, keys, quotas and statistics belong to. */
export interface Authority {
  /** UUID. */
  readonly id: string;
  readonly name: string;
  /** Of its printed sheets. */
  readonly language: Language;
  /** Where the QR code of a sheet leads; a number is appended as its fragment. Null: the number alone. */
  readonly appLink: string | null;
  /** Numbers that the whole authority may mint per UTC day; null: no limit. */
  readonly dailyQuota: number | null;
  /** Its members cannot sign in and its keys do not work. */
  readonly disabled: boolean;
}

/** What an operator may change; what is absent stays. */
export type AuthorityChange = Partial<Omit<Authority, 'id'>>;

/** The authority that exists from the first start on, and that `cen mint` mints for unless told otherwise. */
export const DEFAULT_AUTHORITY = 'default';
