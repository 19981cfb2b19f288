import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type Formats, formatsOf, localeOf } from './formats.js';
import type { Language } from './languages.js';
import type { Messages } from './messages/en.js';

interface Spoken {
  readonly messages: Messages;
  readonly formats: Formats;
}

const loaders: Readonly<Record<Language, () => Promise<{ readonly messages: Messages }>>> = {
  en: () => import('./messages/en.js'),
  es: () => import('./messages/es.js'),
  de: () => import('./messages/de.js'),
  fr: () => import('./messages/fr.js'),
  it: () => import('./messages/it.js'),
};

/** Fetches what the console says in a language: a file of its own. */
export async function speak(language: Language): Promise<Spoken> {
  const { messages } = await loaders[language]();
  document.documentElement.lang = language;
  return { messages, formats: formatsOf(language, localeOf(language)) };
}

export const SpokenContext = createContext<Spoken | undefined>(undefined);

function useSpoken(): Spoken {
  const spoken = useContext(SpokenContext);
  if (spoken === undefined) throw new Error('nothing to say outside SpokenContext');
  return spoken;
}

/** What the console says, in the language of whoever reads. */
export const useMessages = (): Messages => useSpoken().messages;

/** How numbers and times are written in that language. */
export const useFormats = (): Formats => useSpoken().formats;
