import { totalmem } from 'node:os';

const MIB = 1024 * 1024;
/** PostgreSQL's own default: enough where memory is scarce. */
const LEAST_MIB = 128;
/** Holds two weeks of a country's files; what is not in it lies in the system's cache, ten times as far away. */
const MOST_MIB = 2048;
/** PostgreSQL's manual advises a quarter for a machine of its own; this one also runs the server. */
const SHARE = 1 / 8;

/**
 * Memory for the pages of the database, as PostgreSQL's setting `shared_buffers`: a share of what the machine, or the container, has. It is
 * taken page by page as it is used.
 * @see https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-SHARED-BUFFERS
 */
export function sharedBuffers(memoryBytes = availableMemory()): string {
  const share = Math.floor((memoryBytes * SHARE) / MIB);
  return `${Math.min(MOST_MIB, Math.max(LEAST_MIB, share))}MB`;
}

/** Without a limit Node.js says 0, or more than there is. */
function availableMemory(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Infinity);
}
