import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { defaultPrimitives, portablePrimitives } from './crypto/primitives.js';
import { testKey } from './testing/seal.js';

/** Jest's roots are absolute and its working directory is the repository. */
const source = join(process.cwd(), 'client/src');

const shipped = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.ts') && !path.endsWith('.spec.ts') && !path.startsWith('testing'),
);

describe('the client runs anywhere', () => {
  it('has files to look at', () => expect(shipped.length).toBeGreaterThan(30));

  it.each(shipped)('%s needs nothing of Node', (path) => {
    const code = readFileSync(join(source, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(code).not.toMatch(/['"]node:|\bBuffer\b|\brequire\(|\b__dirname\b|process\.env/);
    const imports = [...code.matchAll(/from '([^'.][^']*)'/g)].map(([, name]) => name!);
    expect(imports.filter((name) => !/^(@noble\/(ciphers|curves|hashes)\/|h3-js$)/.test(name))).toEqual([]);
  });
});

describe('the engine’s cryptography and the portable one', () => {
  it('give the same', () => {
    const blocks = fc
      .uint8Array({ maxLength: 200 })
      .map((bytes) => bytes.subarray(0, bytes.length - (bytes.length % 16)));
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), blocks, fc.nat(200), (key, bytes, cut) => {
        const encrypted = [defaultPrimitives, portablePrimitives].map(({ aesEcb }) => [...aesEcb(key, bytes)]);
        expect(encrypted[0]).toEqual(encrypted[1]);
        const hashes = [defaultPrimitives, portablePrimitives].map(({ sha256 }) => {
          const hash = sha256();
          hash.update(bytes.subarray(0, cut));
          hash.update(bytes.subarray(cut));
          return [...hash.digest()];
        });
        expect(hashes[0]).toEqual(hashes[1]);
      }),
    );
  });

  it('are not the same code here', () => expect(defaultPrimitives.aesEcb).not.toBe(portablePrimitives.aesEcb));

  it('verify what Node signed, and nothing else', () => {
    const key = testKey('some');
    const message = new Uint8Array(96).fill(7);
    const signature = Uint8Array.from(key.sign(message));
    const { verifyEd25519 } = portablePrimitives;
    expect(verifyEd25519(signature, message, key.publicKey)).toBe(true);
    expect(verifyEd25519(signature, message.subarray(1), key.publicKey)).toBe(false);
    expect(
      verifyEd25519(
        signature.map((byte) => byte ^ 1),
        message,
        key.publicKey,
      ),
    ).toBe(false);
    expect(verifyEd25519(signature, message, testKey('other').publicKey)).toBe(false);
    expect(verifyEd25519(signature.subarray(1), message, key.publicKey)).toBe(false);
    expect(verifyEd25519(signature, message, new Uint8Array(5))).toBe(false);
  });
});
