// The connection string of the superuser of an embedded database that a server owns, as the server's own files give it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function superuserUrl(dataDir) {
  const folder = join(dataDir, 'postgres');
  const { cen_owner: password } = JSON.parse(readFileSync(join(folder, 'passwords.json'), 'utf8'));
  return `postgresql://cen_owner:${password}@localhost:5432/cen?host=${encodeURIComponent(folder)}`;
}
