-- An index document asks for the batches of one region over all live days: by the primary key, which begins with the slot, that
-- was a scan of all regions' entries.
CREATE INDEX "batch_region_slot_start_idx" ON "batch"("region", "slot_start");
