import { type JSX, render } from 'preact';
import { useState } from 'preact/hooks';
import { App } from './app.js';
import { chooseLanguage, type Language, preferredLanguage, speak, SpokenContext } from './i18n/index.js';
import { hideWhenLeft } from './shell/hide-when-left.js';
import { endWhenIdle } from './shell/idle.js';
import { ChangeLanguage } from './shell/language-field.js';

const root = document.querySelector<HTMLElement>('#app')!;
const spokenAtFirst = await speak(preferredLanguage());

function Console(): JSX.Element {
  const [spoken, setSpoken] = useState(spokenAtFirst);
  const change = (language: Language): void => {
    chooseLanguage(language);
    void speak(language).then(setSpoken);
  };
  return (
    <SpokenContext.Provider value={spoken}>
      <ChangeLanguage.Provider value={change}>
        <App />
      </ChangeLanguage.Provider>
    </SpokenContext.Provider>
  );
}

hideWhenLeft(root);
endWhenIdle();
render(<Console />, root);
