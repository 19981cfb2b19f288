import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join, relative } from 'node:path';

const PIECE_BYTES = 16 * 1024 * 1024;
/** Longer than any needle: what crosses the end of a piece is found at the start of the next. */
const OVERLAP_BYTES = 64;
const buffer = Buffer.alloc(PIECE_BYTES);

/** Searches every file below `folder`. `found` counts what of each kind is in which file; `bytes` is how much was read. */
export function searchFolder(folder, needles) {
  const found = new Map();
  let bytes = 0;
  let files = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files += 1;
    for (const piece of pieces(path)) {
      bytes += piece.length;
      for (const { means } of needles.findIn(piece)) {
        const key = `${means.kind} in ${relative(folder, path)}`;
        found.set(key, (found.get(key) ?? 0) + 1);
      }
    }
  }
  return { found, files, bytes };
}

function* pieces(path) {
  let file;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    // PostgreSQL removes files of its own while it runs.
    if (error.code === 'ENOENT') return;
    throw error;
  }
  try {
    for (let at = 0; ; at += PIECE_BYTES - OVERLAP_BYTES) {
      const length = readSync(file, buffer, 0, PIECE_BYTES, at);
      if (length > 0) yield buffer.subarray(0, length);
      if (length < PIECE_BYTES) return;
    }
  } finally {
    closeSync(file);
  }
}
