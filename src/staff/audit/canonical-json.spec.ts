import fc from 'fast-check';
import { canonicalJson, type Json } from './canonical-json.js';

const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'grapheme' }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json')),
    fc.dictionary(fc.string(), tie('json')),
  ),
}));

test('is JSON of the same value', () => {
  fc.assert(fc.property(json, (value) => expect(JSON.parse(canonicalJson(value))).toEqual(normal(value))));
});

test('is one text, in whatever order the members were written', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), json), (members) => {
      const backwards = Object.fromEntries(Object.entries(members).reverse());
      expect(canonicalJson(backwards)).toBe(canonicalJson(members));
    }),
  );
});

test('is what RFC 8785 has for strings, integers and order', () => {
  expect(canonicalJson({ b: [1, null, true], a: '€$\u000f\n"\\', A: {} })).toBe(
    '{"A":{},"a":"€$\\u000f\\n\\"\\\\","b":[1,null,true]}',
  );
});

test.each([1.5, NaN, Infinity, 2 ** 53])('refuses %p, which a database may spell otherwise', (number) => {
  expect(() => canonicalJson([number])).toThrow('safe integers');
});

/** -0 is 0 in JSON. */
function normal(value: Json): unknown {
  return JSON.parse(JSON.stringify(value));
}
