import type { JSX } from 'preact';
import type { Member } from '../../api/index.js';
import { SelectField, TextField } from '../../design/parts/index.js';
import { useMessages } from '../../i18n/index.js';

export type AuthorityRole = Exclude<Member['role'], 'operator'>;

const ROLES: readonly AuthorityRole[] = ['issuer', 'manager', 'auditor'];

/** A quota as it is typed: empty for none. */
export const quotaOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));

export const textOfQuota = (quota: number | null): string => (quota === null ? '' : String(quota));

export function RoleField({
  value,
  onChange,
}: {
  value: AuthorityRole;
  onChange: (role: AuthorityRole) => void;
}): JSX.Element {
  const { roles, team } = useMessages();
  return (
    <SelectField
      label={team.role}
      hint={team.roleHints[value]}
      value={value}
      onChange={onChange}
      options={ROLES.map((role) => ({ value: role, text: roles[role] }))}
    />
  );
}

export function QuotaField({ value, onInput }: { value: string; onInput: (value: string) => void }): JSX.Element {
  const { team } = useMessages();
  return (
    <TextField
      label={team.quota}
      hint={team.quotaHint}
      type="number"
      value={value}
      onInput={onInput}
      min={0}
      max={1_000_000}
    />
  );
}
