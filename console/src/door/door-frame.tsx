import type { ComponentChildren, JSX } from 'preact';
import iconUrl from '../design/icon.svg';
import { LanguageField } from '../shell/language-field.js';
import { useMessages } from '../i18n/index.js';

interface DoorFrameProps {
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}

/** The page of whoever is not signed in. */
export function DoorFrame({ wide = false, children }: DoorFrameProps): JSX.Element {
  const { door } = useMessages();
  return (
    <div class="door">
      <main class={`door-card ${wide ? 'door-card-wide' : ''}`}>
        <p class="brand">
          <img src={iconUrl} alt="" width={32} height={32} />
          {door.product}
        </p>
        {children}
      </main>
      <footer class="door-foot no-print">
        <LanguageField />
      </footer>
    </div>
  );
}
