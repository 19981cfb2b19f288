import type { JSX } from 'preact';
import { useFormats, useMessages } from '../../i18n/index.js';
import type { SystemState } from './system-state.js';

interface ReplicaTableProps {
  readonly replicas: SystemState['replicas'];
  readonly now: number;
}

export function ReplicaTable({ replicas, now }: ReplicaTableProps): JSX.Element {
  const words = useMessages().system.replicas;
  const formats = useFormats();
  return (
    <section class="card stack-tight">
      <h2>{words.title}</h2>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.roles}</th>
            <th scope="col">{words.version}</th>
            <th scope="col">{words.seen}</th>
          </tr>
        </thead>
        <tbody>
          {replicas.map(({ name, roles, version, lastSeenAt }) => (
            <tr key={name}>
              <td data-label={words.name}>
                <code>{name}</code>
              </td>
              <td data-label={words.roles}>{formats.list(roles)}</td>
              <td data-label={words.version}>{version}</td>
              <td data-label={words.seen}>{formats.relative(Math.min(0, lastSeenAt - now))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
