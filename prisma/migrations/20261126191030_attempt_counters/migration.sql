-- Unlogged, both: no WAL and no base backup ever holds who failed. A crash of Postgres forgives, except what running servers know.

-- CreateTable
CREATE UNLOGGED TABLE "attempt_counter" (
    "day_key_id" TEXT NOT NULL,
    "counter" INTEGER NOT NULL CHECK ("counter" BETWEEN 0 AND 65535),
    "clear_at" DOUBLE PRECISION NOT NULL,
    "counted_at" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "attempt_counter_pkey" PRIMARY KEY ("day_key_id","counter")
);

-- CreateTable
CREATE UNLOGGED TABLE "attempt_total" (
    "singleton" BOOLEAN NOT NULL DEFAULT true CHECK ("singleton"),
    "clear_at" DOUBLE PRECISION NOT NULL,
    "counted_at" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "attempt_total_pkey" PRIMARY KEY ("singleton")
);
