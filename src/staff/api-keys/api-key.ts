/** A laboratory system's key as staff see it: never the key itself. Times in Unix seconds. */
export interface ApiKey {
  readonly id: string;
  /** What the key is for, such as `laboratory west`. */
  readonly label: string;
  /** Address ranges (CIDR) from which it works; none: from anywhere. */
  readonly sourceRanges: string[];
  /** Numbers it may mint per UTC day; null: no limit of its own. */
  readonly dailyQuota: number | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
  /** UTC date `YYYY-MM-DD`: the day only, so that it says nothing of a single number. */
  readonly lastUsedOn: string | null;
}

export interface NewApiKey {
  readonly authorityId: string;
  readonly label: string;
  readonly sourceRanges: readonly string[];
  readonly dailyQuota: number | null;
  readonly validityDays: number;
}
