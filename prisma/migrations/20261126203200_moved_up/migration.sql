-- AlterTable
ALTER TABLE "sealed_slot" ADD COLUMN     "moved_up" INTEGER NOT NULL DEFAULT 0;
