import type { JSX } from 'preact';
import { useFormats, useMessages } from '../../i18n/index.js';
import type { SystemState } from './system-state.js';

interface KeyTableProps {
  readonly keys: SystemState['keys'];
  readonly now: number;
}

const TAGS = { current: 'tag-success', next: 'tag-accent', retired: '' } as const;

/** Which keys there are and how old: never a key. */
export function KeyTable({ keys, now }: KeyTableProps): JSX.Element {
  const words = useMessages().system.keys;
  const formats = useFormats();
  const names: Readonly<Record<string, string>> = words.purposes;
  return (
    <section class="card stack-tight">
      <h2>{words.title}</h2>
      <p class="soft reading">{words.text}</p>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{words.purpose}</th>
            <th scope="col">{words.id}</th>
            <th scope="col">{words.state}</th>
            <th scope="col">{words.made}</th>
            <th scope="col">{words.rotates}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map(({ purpose, id, state, createdAt, rotatesAt }) => (
            <tr key={id}>
              <td data-label={words.purpose}>{names[purpose] ?? purpose}</td>
              <td data-label={words.id}>
                <code>{id}</code>
              </td>
              <td data-label={words.state}>
                <span class={`tag ${TAGS[state]}`}>{words.states[state]}</span>
              </td>
              <td data-label={words.made}>{formats.relative(createdAt - now)}</td>
              <td data-label={words.rotates}>{rotatesAt === null ? '–' : formats.relative(rotatesAt - now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
