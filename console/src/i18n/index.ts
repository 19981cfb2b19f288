export { clockOf, type Formats, formatsOf } from './formats.js';
export { chooseLanguage, type Language, LANGUAGES, preferredLanguage } from './languages.js';
export { speak, SpokenContext, useFormats, useMessages } from './use-messages.js';
