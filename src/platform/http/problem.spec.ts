import { errorCode } from './error-code.js';
import { DomainError } from './domain-error.js';
import { problemDocument } from './problem.js';

class Refusal extends DomainError {}

const DEFINITION = { status: 422, title: 'Invalid report', detail: 'The usual detail.', remedy: 'Change it.' };
const faults = (texts: string[]) => texts.map((text) => ({ pointer: `/${text}`, detail: text }));

describe('a problem document', () => {
  it('has the members of RFC 9457 and the code, and says nothing of the remedy', () => {
    expect(problemDocument('invalid-report', DEFINITION)).toEqual({
      type: '/problems/invalid-report',
      title: 'Invalid report',
      status: 422,
      detail: 'The usual detail.',
      code: 'invalid-report',
    });
  });

  it('tells what the error knows of this request', () => {
    const error = new Refusal('invalid-report', { detail: 'This one.', errors: faults(['a']) });
    expect(problemDocument('invalid-report', DEFINITION, error)).toMatchObject({
      detail: 'This one.',
      errors: [{ pointer: '/a', detail: 'a' }],
    });
  });

  it.each([
    ['long names', 'k'.repeat(9000)],
    ['control characters', '\u0001'.repeat(9000)],
    ['halves of surrogate pairs', '\ud800'.repeat(9000)],
    ['many bytes a character', '中'.repeat(9000)],
  ])('stays small, and names a fault, when the input is full of %s', (_, text) => {
    const error = new Refusal('invalid-report', { errors: faults(Array.from({ length: 20 }, () => text)) });
    const { errors } = problemDocument('invalid-report', DEFINITION, error);
    expect(errors!.length).toBeGreaterThan(0);
    expect(Buffer.byteLength(JSON.stringify(errors))).toBeLessThanOrEqual(2048);
  });

  it('lists eight faults at most', () => {
    const error = new Refusal('invalid-report', { errors: faults(Array.from({ length: 20 }, () => 'x')) });
    expect(problemDocument('invalid-report', DEFINITION, error).errors).toHaveLength(8);
  });
});

test.each(['57014', '55P03', '25P03', '08006'])('a time-out of the database (%s) is told as try again', (code) => {
  expect(errorCode(Object.assign(new Error('canceling statement'), { code }))).toBe('unavailable');
});
