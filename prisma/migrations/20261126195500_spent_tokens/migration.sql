-- Upload tokens that were spent, until their key is gone. "settled" is false until the sealing after: that one writes the row anew.
CREATE TABLE "spent_token" (
    "digest" BYTEA NOT NULL,
    "key_from" BIGINT NOT NULL,
    "settled" BOOLEAN NOT NULL,
    CONSTRAINT "spent_token_pkey" PRIMARY KEY ("digest")
);
