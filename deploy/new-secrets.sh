#!/bin/sh
# Writes new secrets into a folder (by default `secrets` beside this file), one a file; existing ones are kept.
# The folder is private. The files in it can be read by any user, because containers run as one that has no name here.
set -eu
folder=${1:-$(dirname "$0")/secrets}
umask 077
mkdir -p "$folder"

random() { head -c "$1" /dev/urandom | base64 | tr -d '\n=' | tr '+/' '-_'; }

write() { # a name and a value
    if [ ! -e "$folder/$1" ]; then
        printf '%s\n' "$2" >"$folder/$1.new"
        chmod 0444 "$folder/$1.new"
        mv "$folder/$1.new" "$folder/$1"
    fi
}

write database_password "$(random 24)"
write database_url "postgres://leadgate:$(cat "$folder/database_password")@postgres:5432/leadgate"
write secret_key "$(random 48)"
write hash_key "$(random 48)"
write push_key "$(random 32)"
write key_encryption_key "$(random 48)"
echo "The secrets are in $folder; keep a copy of it apart from the database's backups."
