#!/bin/sh
# Draws the passwords of docker-compose.yml's database and writes them to secrets/, unless they are there. The folder is closed to other
# users; the files in it are not, because the users inside the containers have other ids.
set -eu
cd "$(dirname "$0")/.."
if [ -e secrets ]; then
  echo 'secrets/ is there: nothing is changed.'
  exit 0
fi
draw() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
umask 077
mkdir secrets
umask 022
draw >secrets/postgres_password
echo "postgresql://cen_app:$(draw)@postgres/cen" >secrets/database_url
echo "postgresql://cen_owner:$(draw)@postgres/cen" >secrets/database_owner_url
echo 'Wrote secrets/. The database keeps these passwords: do not lose them.'
