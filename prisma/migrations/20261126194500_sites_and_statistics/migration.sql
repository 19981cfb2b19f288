-- Upload sites, and counts of numbers. No foreign key: nothing here may join anything.

-- CreateTable
CREATE TABLE "minting_day" (
    "authority_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "minted" INTEGER NOT NULL DEFAULT 0,
    "revocations" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "minting_day_pkey" PRIMARY KEY ("authority_id","day")
);

-- CreateTable
CREATE TABLE "ended_day" (
    "authority_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "redeemed" INTEGER NOT NULL,
    "expired" INTEGER NOT NULL,

    CONSTRAINT "ended_day_pkey" PRIMARY KEY ("authority_id","day")
);

-- CreateTable
CREATE TABLE "ended_tally" (
    "id" UUID NOT NULL,
    "key_id" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "ended_tally_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upload_site" (
    "id" UUID NOT NULL,
    "authority_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "ranges" TEXT[],
    "created_on" DATE NOT NULL,

    CONSTRAINT "upload_site_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "upload_site_authority_id_name_key" ON "upload_site"("authority_id", "name");
