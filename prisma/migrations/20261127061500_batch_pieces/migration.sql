-- The files of batches become rows of pieces, which Postgres takes in by the page; out of line, each 2 kB were inserted singly
-- (ADR 25). Partitioned, owned, made ahead and dropped as batch is. STORAGE PLAIN: a whole piece fills a page, and nothing is
-- compressed, which gains nothing, or stored elsewhere.
CREATE TABLE "batch_piece" (
    "slot_start" BIGINT NOT NULL,
    "region" BIGINT NOT NULL,
    "part" SMALLINT NOT NULL,
    "encoding" SMALLINT NOT NULL,
    "n" INTEGER NOT NULL,
    "bytes" BYTEA STORAGE PLAIN NOT NULL,
    CONSTRAINT "batch_piece_pkey" PRIMARY KEY ("slot_start", "region", "part", "encoding", "n")
) PARTITION BY RANGE ("slot_start");

-- Partitions belong to whom batch belongs to.
DO $$
DECLARE
    application TEXT := (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'batch'::regclass);
    partition TEXT;
BEGIN
    -- A detaching that was interrupted: no column can be dropped before it is finished.
    FOR partition IN SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'batch'::regclass AND inhdetachpending LOOP
        EXECUTE format('ALTER TABLE batch DETACH PARTITION %s FINALIZE', partition);
    END LOOP;

    FOR partition IN SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'batch'::regclass LOOP
        DECLARE
            pieces TEXT := replace(partition, 'batch_', 'batch_piece_');
            day BIGINT := extract(epoch FROM to_date(right(partition, 8), 'YYYYMMDD'));
        BEGIN
            EXECUTE format('CREATE TABLE %I PARTITION OF batch_piece FOR VALUES FROM (%s) TO (%s)', pieces, day, day + 86400);
            EXECUTE format('ALTER TABLE %I OWNER TO %I', pieces, application);
            EXECUTE format(
                'INSERT INTO %I (slot_start, region, part, encoding, n, bytes)
                 SELECT slot_start, region, part, encoding, n, substring(file FROM n * 8108 + 1 FOR 8108)
                 FROM %I, LATERAL (VALUES (0, full_file), (1, compact)) AS files (encoding, file),
                      generate_series(0, (octet_length(file) - 1) / 8108) AS n
                 WHERE file IS NOT NULL', pieces, partition);
        END;
    END LOOP;

    -- What is detached and not dropped yet, or made and not attached yet.
    FOR partition IN
        SELECT relname FROM pg_class
        WHERE relkind = 'r' AND NOT relispartition AND relname ~ '^batch_[0-9]{8}$'
          AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'batch'::regclass)
    LOOP
        EXECUTE format('ALTER TABLE %I DROP COLUMN compact, DROP COLUMN full_file', partition);
    END LOOP;
END $$;

ALTER TABLE "batch" DROP COLUMN "compact",
DROP COLUMN "full_file";

-- Writes the few bytes that are left of each row anew: what a column had is given back only with the table that it was in.
ALTER TABLE "batch" ALTER COLUMN "count" TYPE INTEGER USING "count" + 0;
