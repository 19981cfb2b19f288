-- AlterTable
ALTER TABLE "retry_proof" ADD COLUMN     "seen_in" BIGINT;
