-- AlterTable
ALTER TABLE "clock_guard" ADD COLUMN     "database" TEXT;

-- Whatever the environment of whoever tries: domain time cannot be moved where a production server has ever started.
ALTER TABLE "domain_clock" ADD COLUMN     "production" BOOLEAN NOT NULL DEFAULT false,
ADD CONSTRAINT "domain_clock_stands_in_production" CHECK ("offset_seconds" = 0 OR NOT "production");

-- AlterTable
ALTER TABLE "sealed_slot" ADD COLUMN     "pending" INTEGER,
ADD COLUMN     "waiting" INTEGER,
ADD COLUMN     "unreadable" INTEGER;

-- Unlogged, so that what each process writes every few seconds is in no WAL: a row of it would tell the time of the transactions
-- around it.
CREATE UNLOGGED TABLE "replica" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "roles" TEXT[],
    "version" TEXT NOT NULL,
    "last_seen" TIMESTAMPTZ NOT NULL DEFAULT cen_now(),

    CONSTRAINT "replica_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE UNLOGGED TABLE "replica_alert" (
    "replica_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "since" TIMESTAMPTZ NOT NULL DEFAULT cen_now(),
    "count" INTEGER,

    CONSTRAINT "replica_alert_pkey" PRIMARY KEY ("replica_id","code")
);

-- AddForeignKey
ALTER TABLE "replica_alert" ADD CONSTRAINT "replica_alert_replica_id_fkey" FOREIGN KEY ("replica_id") REFERENCES "replica"("id") ON DELETE CASCADE ON UPDATE CASCADE;
