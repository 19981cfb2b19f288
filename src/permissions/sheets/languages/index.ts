import type { Language } from '../../../staff/index.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { it } from './it.js';
import type { SheetLanguage } from './sheet-language.js';

export type { SheetLanguage } from './sheet-language.js';

/** A language that an authority can be given and that is missing here does not compile. */
export const SHEET_LANGUAGES: Readonly<Record<Language, SheetLanguage>> = { en, es, de, fr, it };
