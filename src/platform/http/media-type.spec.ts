import { preferredMediaType } from './media-type.js';

const OFFERED = ['application/json', 'text/csv', 'application/pdf'] as const;

test.each([
  [undefined, 'application/json'],
  ['', 'application/json'],
  ['*/*', 'application/json'],
  ['text/csv', 'text/csv'],
  ['TEXT/CSV', 'text/csv'],
  ['application/*', 'application/json'],
  ['text/*, application/*;q=0.5', 'text/csv'],
  ['application/pdf, */*;q=0.1', 'application/pdf'],
  ['text/html, application/pdf;q=0.9, text/csv;q=0.8', 'application/pdf'],
  ['application/json;q=0, */*;q=0.5', 'text/csv'],
  ['application/pdf;version="1.7"', 'application/pdf'],
  ['text/csv;q=nonsense, application/pdf;q=0.1', 'application/pdf'],
])('Accept: %s is answered as %s', (accept, expected) => {
  expect(preferredMediaType(accept, OFFERED)).toBe(expected);
});

test.each(['text/html', 'image/*', '*/*;q=0', 'json', ',;'])('Accept: %s is refused, with what there is', (accept) => {
  expect(() => preferredMediaType(accept, OFFERED)).toThrow(
    expect.objectContaining({ code: 'not-acceptable', detail: expect.stringContaining('text/csv') as string }),
  );
});
