// Everything that a holder of the database can read: each row of each table, dead ones included, and the write-ahead log.

const TOAST_POINTER = 0x01;
const TOAST_POINTER_BYTES = 18;

/**
 * Rows of every table and TOAST table of schema `public`, as they lie on their pages, with `pageinspect`:
 * `{ source, table, place, xids, values, live }`. `values` are the columns' bytes without length words; out-of-line ones are
 * named by `toast:<table>:<id>`, and files of batches, which are rows of pieces, by `file:<key>`.
 */
export async function readHeaps(database) {
  await database.query('CREATE EXTENSION IF NOT EXISTS pageinspect');
  const items = [];
  for (const table of await listTables(database)) {
    const columns = await columnsOf(database, table.oid);
    const pages = [];
    for (let block = 0; block < table.blocks; block++) pages.push(await readPage(database, table, block));
    // After the pages: a query may clear dead rows away.
    const live = await livePlaces(database, table);
    items.push(...pages.flatMap((rows, block) => rows.map((row) => toItem(table, columns, block, row, live))));
  }
  return items;
}

/** The changes since `lsn` that the write-ahead log holds of these tables, with `pg_walinspect`. */
export async function readLog(database, lsn) {
  await database.query('CREATE EXTENSION IF NOT EXISTS pg_walinspect');
  const rows = await database.query(`
    SELECT pg_class.oid, relname AS table, relkind AS kind, block.xid::text, record_type, block_data AS data
    FROM pg_get_wal_block_info('${lsn}', pg_current_wal_flush_lsn()) AS block
      JOIN pg_class ON pg_class.relfilenode = block.relfilenode
    WHERE reldatabase = (SELECT oid FROM pg_database WHERE datname = current_database()) AND relkind IN ('r', 't')
    ORDER BY start_lsn, block_id`);
  return rows
    .filter(({ data }) => data !== null)
    .flatMap((row) => tuplesOf(row).map((data) => ({ ...row, data })))
    .map(({ oid, table, kind, xid, data }, place) => {
      const values = [{ bytes: data }];
      if (kind === 't') values.push({ reference: pieceReference(oid, data) });
      if (isPiecesTable(table))
        values.push({ reference: fileReference(data.subarray(TUPLE_HEAD_BYTES + PADDING_BYTES)) });
      return { source: 'log', table, place, xids: [xid], values };
    });
}

/** Of `xl_multi_insert_tuple`: length, two masks, and `t_hoff`; what follows is the tuple after its own header of 23 bytes. */
const TUPLE_HEAD_BYTES = 7;
const PADDING_BYTES = 1;

/** One record holds the rows that came into one page together, each from an even place on. */
function tuplesOf({ record_type, data }) {
  if (!record_type.startsWith('MULTI_INSERT')) return [data];
  const tuples = [];
  for (let at = 0; at < data.length;) {
    const end = at + TUPLE_HEAD_BYTES + data.readUInt16LE(at);
    tuples.push(data.subarray(at, end));
    at = end + (end % 2);
  }
  return tuples;
}

/** Of its key `slot_start`, `region`, `part` and `encoding`: what all pieces of a file have in common. */
const FILE_KEY_BYTES = 20;
const fileReference = (columns) => `file:${columns.toString('hex', 0, FILE_KEY_BYTES)}`;
export const isPiecesTable = (table) => table.startsWith('batch_piece');

/** Of a logged TOAST row: `xl_heap_header` (5 bytes, the last one `t_hoff`), the rest of the tuple's own header of 23 bytes, the columns. */
function pieceReference(oid, data) {
  const columns = data.length > 5 ? 5 + data[4] - 23 : 0;
  return `toast:${oid}:${columns + 4 <= data.length ? data.readUInt32LE(columns) : 'none'}`;
}

async function listTables(database) {
  return database.query(`
    SELECT oid, oid::regclass::text AS name, relkind AS kind, pg_relation_size(oid) / 8192 AS blocks FROM pg_class
    WHERE relkind IN ('r', 't') AND (relnamespace = 'public'::regnamespace OR oid IN
      (SELECT reltoastrelid FROM pg_class WHERE relnamespace = 'public'::regnamespace))`);
}

async function columnsOf(database, oid) {
  return database.query(
    `SELECT attname AS name, attlen AS length FROM pg_attribute WHERE attrelid = ${oid} AND attnum > 0 ORDER BY attnum`,
  );
}

async function livePlaces(database, { name, kind }) {
  if (kind === 't') return undefined;
  const rows = await database.query(`SELECT ctid::text FROM ONLY ${name}`);
  return new Set(rows.map(({ ctid }) => ctid));
}

async function readPage(database, { oid, name }, block) {
  return database.query(
    `SELECT lp, t_xmin::text AS xmin, t_xmax::text AS xmax, t_attrs AS attributes
     FROM heap_page_item_attrs(get_raw_page('${name}', ${block}), ${oid}::regclass) WHERE t_attrs IS NOT NULL`,
  );
}

function toItem({ oid, name, kind }, columns, block, { lp, xmin, xmax, attributes }, live) {
  const values = attributes.flatMap((bytes, i) => (bytes === null ? [] : [toValue(bytes, columns[i])]));
  // The first column of a TOAST table is the id of the value that the row is a piece of.
  if (kind === 't') values.push({ reference: `toast:${oid}:${values[0].bytes.readUInt32LE()}` });
  if (isPiecesTable(name))
    values.push({ reference: fileReference(Buffer.concat(values.slice(0, 4).map(({ bytes }) => bytes))) });
  const xids = [xmin, xmax].filter((xid) => xid !== '0');
  const isLive = live?.has(`(${block},${lp})`) ?? false;
  return { source: 'heap', table: name, place: block * 1000 + lp, xids, values, live: isLive };
}

/** Length words: 4 bytes, or 1 byte when the lowest bit is set (PostgreSQL manual, "Database Page Layout" and varatt.h). */
function toValue(bytes, { name, length }) {
  if (length !== -1) return { name, bytes };
  if (bytes[0] === TOAST_POINTER && bytes.length === TOAST_POINTER_BYTES)
    return { name, reference: `toast:${bytes.readUInt32LE(14)}:${bytes.readUInt32LE(10)}` };
  return { name, bytes: bytes.subarray((bytes[0] & 1) === 1 ? 1 : 4) };
}
