-- Authorities, members, sign-in, API keys and the audit log.
-- AlterTable
ALTER TABLE "authority" ADD COLUMN     "app_link" TEXT,
ADD COLUMN     "daily_quota" INTEGER,
ADD COLUMN     "disabled_at" TIMESTAMPTZ,
ADD COLUMN     "language" TEXT NOT NULL DEFAULT 'en';

-- CreateTable
CREATE TABLE "member" (
    "id" UUID NOT NULL,
    "login" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "authority_id" UUID,
    "password_hash" TEXT,
    "totp_key_id" TEXT,
    "totp_sealed" BYTEA,
    "totp_last_step" BIGINT NOT NULL DEFAULT 0,
    "daily_quota" INTEGER,
    "disabled_at" TIMESTAMPTZ,
    "last_seen_on" DATE,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT cen_now(),

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "member_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("member_id")
);

-- CreateTable
CREATE TABLE "recovery_code" (
    "code_hash" BYTEA NOT NULL,
    "member_id" UUID NOT NULL,

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("code_hash")
);

-- CreateTable
CREATE TABLE "staff_session" (
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "last_seen_at" TIMESTAMPTZ NOT NULL,
    "confirmed_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "staff_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "known_device" (
    "token_hash" BYTEA NOT NULL,
    "member_id" UUID NOT NULL,
    "last_used_on" DATE NOT NULL,

    CONSTRAINT "known_device_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
-- Unlogged: a crash forgives everyone, and no WAL or backup ever holds it.
CREATE UNLOGGED TABLE "sign_in_failure" (
    "bucket" BYTEA NOT NULL,
    "count" INTEGER NOT NULL,
    "blocked_until" TIMESTAMPTZ NOT NULL,
    "forget_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "sign_in_failure_pkey" PRIMARY KEY ("bucket")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "authority_id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "key_hash" BYTEA NOT NULL,
    "source_ranges" TEXT[],
    "daily_quota" INTEGER,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT cen_now(),
    "expires_at" TIMESTAMPTZ NOT NULL,
    "revoked_at" TIMESTAMPTZ,
    "last_used_on" DATE,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "seq" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_role" TEXT,
    "authority_id" UUID,
    "action" TEXT NOT NULL,
    "details" JSONB NOT NULL,
    "previous" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "member_login_key" ON "member"("login");

-- CreateIndex
CREATE INDEX "member_authority_id_idx" ON "member"("authority_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "recovery_code_member_id_idx" ON "recovery_code"("member_id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_session_token_hash_key" ON "staff_session"("token_hash");

-- CreateIndex
CREATE INDEX "staff_session_member_id_idx" ON "staff_session"("member_id");

-- CreateIndex
CREATE INDEX "known_device_member_id_idx" ON "known_device"("member_id");

-- CreateIndex
CREATE INDEX "sign_in_failure_forget_at_idx" ON "sign_in_failure"("forget_at");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_key_hash_key" ON "api_key"("key_hash");

-- CreateIndex
CREATE INDEX "api_key_authority_id_idx" ON "api_key"("authority_id");

-- CreateIndex
CREATE INDEX "audit_entry_authority_id_seq_idx" ON "audit_entry"("authority_id", "seq");

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_authority_id_fkey" FOREIGN KEY ("authority_id") REFERENCES "authority"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_session" ADD CONSTRAINT "staff_session_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "known_device" ADD CONSTRAINT "known_device_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_authority_id_fkey" FOREIGN KEY ("authority_id") REFERENCES "authority"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the schema cannot say.
ALTER TABLE "member"
    ADD CONSTRAINT "member_role" CHECK ("role" IN ('operator', 'manager', 'issuer', 'auditor')),
    ADD CONSTRAINT "member_authority" CHECK (("role" = 'operator') = ("authority_id" IS NULL)),
    ADD CONSTRAINT "member_totp" CHECK (("totp_key_id" IS NULL) = ("totp_sealed" IS NULL));
ALTER TABLE "authority" ADD CONSTRAINT "authority_language" CHECK ("language" IN ('en', 'es', 'de', 'fr', 'it'));

-- The application's role is granted INSERT and SELECT alone. This stops the owner's mistakes too, and says why.
CREATE FUNCTION "audit_entry_is_append_only"() RETURNS TRIGGER LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER "audit_entry_is_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entry"
    FOR EACH STATEMENT EXECUTE FUNCTION "audit_entry_is_append_only"();
