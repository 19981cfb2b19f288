-- DropIndex
DROP INDEX "known_device_member_id_idx";

-- AlterTable
ALTER TABLE "known_device" DROP CONSTRAINT "known_device_pkey",
ADD CONSTRAINT "known_device_pkey" PRIMARY KEY ("member_id", "token_hash");
