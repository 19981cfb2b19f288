/** The console's languages, each under its own name. */
export const LANGUAGES = { en: 'English', es: 'Español', de: 'Deutsch', fr: 'Français', it: 'Italiano' } as const;

export type Language = keyof typeof LANGUAGES;

const CHOSEN = 'cen-language';

const isLanguage = (text: string | null): text is Language => text !== null && Object.hasOwn(LANGUAGES, text);

/** The one chosen in the console, or else the first of the browser's that there is. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(CHOSEN);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

/** Keeps the choice: the one thing that the console stores in a browser. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(CHOSEN, language);
}
