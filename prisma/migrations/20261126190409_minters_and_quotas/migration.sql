-- Who placed an order, a hash in place of the client's request id, and what was minted today under each quota.
-- Until now only the command line has placed orders. It cannot mint with the build before this one while this schema is in place; what
-- reports and seals does not read the columns that change.
ALTER TABLE "permission_order" ADD COLUMN "minter_id" UUID,
ADD COLUMN     "minter_kind" TEXT NOT NULL DEFAULT 'system',
ADD COLUMN     "request_hash" BYTEA;

-- As src/permissions/minting/minter.ts writes it, so that what was ordered before can be repeated.
UPDATE "permission_order" SET "request_hash" =
    sha256(convert_to(concat_ws(E'\n', 'order', 'system', '', "authority_id", "request_id"), 'UTF8'));

-- DropIndex
DROP INDEX "permission_order_authority_id_request_id_key";

-- AlterTable
ALTER TABLE "permission_order" DROP COLUMN "request_id",
ALTER COLUMN "minter_kind" DROP DEFAULT,
ALTER COLUMN "request_hash" SET NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "permission_order_request_hash_key" ON "permission_order"("request_hash");

-- CreateIndex
CREATE INDEX "permission_order_authority_id_created_on_idx" ON "permission_order"("authority_id", "created_on");

-- CreateTable
CREATE TABLE "quota_use" (
    "day" DATE NOT NULL,
    "holder_id" UUID NOT NULL,
    "used" INTEGER NOT NULL,

    CONSTRAINT "quota_use_pkey" PRIMARY KEY ("day","holder_id")
);

-- What the schema cannot say.
ALTER TABLE "permission_order" ADD CONSTRAINT "permission_order_minter"
    CHECK ("minter_kind" IN ('member', 'key', 'system') AND ("minter_kind" = 'system') = ("minter_id" IS NULL));
