/** What is printed on a slip, in one language. Whoever reads it is ill, perhaps old, and has one minute. */
export interface SheetLanguage {
  /** BCP 47: of the document, and of its dates. */
  readonly locale: string;
  /** Above the number. */
  readonly title: string;
  /** @param moment date and time with their time zone, as `Intl` writes them in this locale */
  readonly validUntil: (moment: string) => string;
  /** How to get the number into the app where the QR code holds a link to it. */
  readonly scanWithCamera: string;
  /** The same where the QR code holds the number alone. */
  readonly scanInApp: string;
  /** What happens then, and that nobody is told who it was. */
  readonly whatHappens: string;
  /** That it works once and is for nobody else. */
  readonly once: string;
}
