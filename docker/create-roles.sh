#!/bin/sh
# Run once by the image of PostgreSQL when it makes its cluster: the two roles of docs/operations.md, with the passwords of the URLs that
# the server gets.
set -eu
password_of() { sed -E 's#^[a-z]+://[^:]+:([^@]+)@.*$#\1#' "/run/secrets/$1"; }
psql --username "${POSTGRES_USER:-postgres}" --no-psqlrc --set ON_ERROR_STOP=1 \
  --set app="$(password_of database_url)" --set owner="$(password_of database_owner_url)" <<'SQL'
CREATE ROLE cen_app LOGIN PASSWORD :'app';
CREATE ROLE cen_owner LOGIN PASSWORD :'owner';
GRANT cen_app TO cen_owner;
CREATE DATABASE cen OWNER cen_owner;
SQL
