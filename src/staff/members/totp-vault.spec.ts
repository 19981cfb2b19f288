import { randomBytes } from 'node:crypto';
import type { Key, KeyRing } from '../../platform/keys/index.js';
import { newTotpSecret } from './totp.js';
import { TotpVault } from './totp-vault.js';

const NOW = 1_930_910_400;

function vaultWith(...ids: string[]): TotpVault {
  const keys = ids.map((id) => ({ id, secret: secretOf(id) }) as Key);
  const ring = { current: () => keys[0], find: (_: string, id: string) => keys.find((key) => key.id === id) };
  return new TotpVault(ring as unknown as KeyRing);
}

const secrets = new Map<string, Buffer>();
function secretOf(id: string): Buffer {
  if (!secrets.has(id)) secrets.set(id, randomBytes(32));
  return secrets.get(id)!;
}

const [OLD, NEW] = ['00000000000000aa', '00000000000000bb'];

test('opens what it has sealed, for the same member only', () => {
  const vault = vaultWith(NEW);
  const secret = newTotpSecret();
  const sealed = vault.seal('ada', secret);
  expect(sealed.keyId).toBe(NEW);
  expect(sealed.sealed.includes(secret)).toBe(false);
  expect(vault.open('ada', sealed)).toEqual(secret);
  expect(() => vault.open('bob', sealed)).toThrow('does not open');
  expect(() => vaultWith(OLD).open('ada', sealed)).toThrow('does not open');
});

test('moves a secret to the current key, once', () => {
  const secret = newTotpSecret();
  const sealed = vaultWith(OLD).seal('ada', secret);
  const both = vaultWith(NEW, OLD);
  const renewed = both.renew('ada', sealed)!;
  expect(renewed.keyId).toBe(NEW);
  expect(vaultWith(NEW).open('ada', renewed)).toEqual(secret);
  expect(both.renew('ada', renewed)).toBeUndefined();
});

test('takes an offer back from the member to whom it was made, within the hour, unchanged', () => {
  const vault = vaultWith(NEW, OLD);
  const secret = newTotpSecret();
  const offer = vault.offer('ada', secret, NOW);
  expect(vault.takeOffer('ada', offer, NOW + 3599)).toEqual(secret);
  expect(vault.takeOffer('ada', offer, NOW + 3600)).toBeUndefined();
  expect(vault.takeOffer('bob', offer, NOW)).toBeUndefined();
  expect(vault.takeOffer('ada', '', NOW)).toBeUndefined();
  const bytes = Buffer.from(offer, 'base64url');
  for (let i = 0; i < bytes.length; i++) {
    const changed = Buffer.from(bytes);
    changed[i] ^= 1;
    expect(vault.takeOffer('ada', changed.toString('base64url'), NOW)).toBeUndefined();
  }
});

test('never takes a stored secret for an offer', () => {
  const vault = vaultWith(NEW);
  const { keyId, sealed } = vault.seal('ada', newTotpSecret());
  const asOffer = Buffer.concat([Buffer.from(keyId, 'hex'), sealed]).toString('base64url');
  expect(vault.takeOffer('ada', asOffer, 0)).toBeUndefined();
});
