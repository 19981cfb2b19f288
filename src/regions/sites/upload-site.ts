/** A place of an authority, such as a clinic or a test centre, from whose addresses reports are taken without a number. */
export interface UploadSite {
  /** UUID. */
  readonly id: string;
  readonly authorityId: string;
  readonly name: string;
  /** CIDR, normalised, none inside another. */
  readonly ranges: readonly string[];
  /** UTC date `YYYY-MM-DD`. */
  readonly createdOn: string;
}

/** A site as it is shown, with the ranges of other sites that meet one of its own. */
export interface ShownSite extends UploadSite {
  readonly overlaps: readonly {
    readonly range: string;
    readonly with: {
      readonly siteId: string;
      /** Null, with `authorityId`, where it is no business of who asks. */
      readonly name: string | null;
      readonly authorityId: string | null;
      readonly range: string;
    };
  }[];
}

/** What staff set. */
export type SiteSettings = Pick<UploadSite, 'name' | 'ranges'>;

export const MAX_RANGES_OF_SITE = 50;
/** Bounds what every replica keeps in memory. */
export const MAX_SITES_OF_AUTHORITY = 500;
