import type { JSX } from 'preact';
import { SelectField } from '../design/parts/index.js';

interface AuthorityFieldProps {
  readonly label: string;
  /** What stands for all authorities together; without it one has to be chosen. */
  readonly all?: string;
  readonly authorities: readonly { readonly id: string; readonly name: string }[];
  readonly value: string;
  readonly onChange: (authorityId: string) => void;
}

/** For operators, who belong to no authority: of which one. */
export function AuthorityField({ label, all, authorities, value, onChange }: AuthorityFieldProps): JSX.Element {
  const options = authorities.map(({ id, name }) => ({ value: id, text: name }));
  return (
    <SelectField
      label={label}
      value={value}
      onChange={onChange}
      options={all === undefined ? options : [{ value: '', text: all }, ...options]}
    />
  );
}
