import { createContext, type JSX } from 'preact';
import { useContext } from 'preact/hooks';
import { SelectField } from '../design/parts/index.js';
import { type Language, LANGUAGES, useFormats, useMessages } from '../i18n/index.js';

/** Speaks another language from now on. */
export const ChangeLanguage = createContext<(language: Language) => void>(() => undefined);

const OPTIONS = (Object.keys(LANGUAGES) as Language[]).map((value) => ({ value, text: LANGUAGES[value] }));

export function LanguageField(): JSX.Element {
  const { frame } = useMessages();
  const { language } = useFormats();
  const change = useContext(ChangeLanguage);
  return <SelectField label={frame.language} value={language} onChange={change} options={OPTIONS} />;
}
