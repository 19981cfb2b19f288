import { HttpException } from '@nestjs/common';
import { DomainError } from './domain-error.js';
import type { PlatformErrorCode } from './platform-errors.js';

/**
 * PostgreSQL's classes of "try again": connection lost (08), shutdown, start-up and time-outs (57), out of resources (53);
 * and the time-outs of locks (55P03) and of idle transactions (25P03).
 */
const UNAVAILABLE_SQLSTATE = /^(08|53|57|55P03|25P03)/;
const UNAVAILABLE_SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOENT']);
const LOST_CONNECTION = /Connection terminated|timeout exceeded when trying to connect|timeout expired|not queryable/;

const CODE_OF_STATUS: Readonly<Record<number, PlatformErrorCode>> = {
  400: 'malformed-request',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'payload-too-large',
  415: 'unsupported-media-type',
  422: 'invalid-input',
};

/** The problem code of anything that was thrown; what nobody foresaw is an `internal-error`. */
export function errorCode(thrown: unknown): string {
  if (thrown instanceof DomainError) return thrown.code;
  const status = statusOf(thrown);
  if (status !== undefined && status < 500) return CODE_OF_STATUS[status] ?? 'malformed-request';
  return isUnavailable(thrown) ? 'unavailable' : 'internal-error';
}

function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number')
    return thrown.statusCode;
  return undefined;
}

function isUnavailable(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  if (LOST_CONNECTION.test(thrown.message)) return true;
  if (!('code' in thrown) || typeof thrown.code !== 'string') return false;
  return UNAVAILABLE_SYSTEM.has(thrown.code) || UNAVAILABLE_SQLSTATE.test(thrown.code);
}
