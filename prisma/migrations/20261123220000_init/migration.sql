-- The domain's clock. Every time that means something to the protocol is read from cen_now(), so that tests and simulations can
-- move it, and so that all replicas agree on it.
CREATE TABLE "domain_clock" (
    "singleton" BOOLEAN NOT NULL DEFAULT true,
    "offset_seconds" BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT "domain_clock_pkey" PRIMARY KEY ("singleton"),
    CONSTRAINT "domain_clock_one_row" CHECK ("singleton")
);
INSERT INTO "domain_clock" DEFAULT VALUES;

-- STABLE, although clock_timestamp() is not: so that an index can be searched by it. A statement that compares many rows with the
-- time writes (SELECT cen_now()), which is evaluated once, so that all its rows see one time.
CREATE FUNCTION "cen_now"() RETURNS TIMESTAMPTZ LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT clock_timestamp() + make_interval(secs => offset_seconds) FROM public.domain_clock $$;

-- Replicas listen to cen_clock to rearm their timers. The payload is the new offset in seconds.
CREATE FUNCTION "domain_clock_moved"() RETURNS TRIGGER LANGUAGE plpgsql
AS $$ BEGIN PERFORM pg_notify('cen_clock', NEW.offset_seconds::text); RETURN NULL; END $$;
CREATE TRIGGER "domain_clock_moved" AFTER UPDATE ON "domain_clock"
    FOR EACH ROW EXECUTE FUNCTION "domain_clock_moved"();

CREATE TABLE "authority" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT cen_now(),
    CONSTRAINT "authority_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "authority_name_key" ON "authority"("name");

CREATE TABLE "permission_order" (
    "id" UUID NOT NULL,
    "authority_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "nonce" BYTEA NOT NULL,
    "mint_key_id" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "skipped" INTEGER[],
    "digits" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "created_on" DATE NOT NULL,
    CONSTRAINT "permission_order_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "permission_order_authority_id_request_id_key" ON "permission_order"("authority_id", "request_id");

CREATE TABLE "permission_number" (
    "digest" BYTEA NOT NULL,
    "hmac_key_id" TEXT NOT NULL,
    "authority_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "permission_number_pkey" PRIMARY KEY ("digest")
);
CREATE INDEX "permission_number_expires_at_idx" ON "permission_number"("expires_at");

CREATE TABLE "retry_proof" (
    "proof" BYTEA NOT NULL,
    "forget_at" TIMESTAMPTZ,
    CONSTRAINT "retry_proof_pkey" PRIMARY KEY ("proof")
);

-- STORAGE EXTERNAL here and in batch: ciphertext and Rice-coded hashes do not compress, so trying costs time and gains nothing.
CREATE TABLE "pending_report" (
    "id" UUID NOT NULL,
    "key_id" TEXT NOT NULL,
    "sealed" BYTEA STORAGE EXTERNAL NOT NULL,
    CONSTRAINT "pending_report_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "sealed_slot" (
    "start" BIGINT NOT NULL,
    "sealed_at" TIMESTAMPTZ NOT NULL,
    "held_since" BIGINT,
    CONSTRAINT "sealed_slot_pkey" PRIMARY KEY ("start")
);

-- One partition per UTC day of slot_start, named batch_YYYYMMDD, made ahead and dropped by the application, which owns this table.
-- No default partition: it would make every DETACH CONCURRENTLY impossible.
CREATE TABLE "batch" (
    "slot_start" BIGINT NOT NULL,
    "region" BIGINT NOT NULL,
    "part" SMALLINT NOT NULL,
    "slot_seconds" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "sealed_at" BIGINT NOT NULL,
    "compact" BYTEA STORAGE EXTERNAL NOT NULL,
    "full_file" BYTEA STORAGE EXTERNAL,
    "compact_sha256" BYTEA NOT NULL,
    "full_sha256" BYTEA,
    "compact_bytes" INTEGER NOT NULL,
    "full_bytes" INTEGER,
    CONSTRAINT "batch_pkey" PRIMARY KEY ("slot_start", "region", "part")
) PARTITION BY RANGE ("slot_start");

CREATE TABLE "day_bundle" (
    "day" DATE NOT NULL,
    "region" BIGINT NOT NULL,
    "count" BIGINT NOT NULL,
    "batches" INTEGER NOT NULL,
    "compact_bytes" BIGINT NOT NULL,
    "compact_sha256" BYTEA NOT NULL,
    "full_bytes" BIGINT,
    "full_sha256" BYTEA,
    CONSTRAINT "day_bundle_pkey" PRIMARY KEY ("day", "region")
);

CREATE TABLE "clock_guard" (
    "singleton" BOOLEAN NOT NULL DEFAULT true,
    "baseline" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "clock_guard_pkey" PRIMARY KEY ("singleton"),
    CONSTRAINT "clock_guard_one_row" CHECK ("singleton")
);
