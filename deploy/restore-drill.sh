#!/usr/bin/env bash
# Restores a backup beside the running server and shows that it works: all rows, all secrets, all seals, and a sign-in.
# It only reads DATABASE_URL, and replaces what is in DRILL_DATABASE_URL. Requires bash, curl and Node.js.
#
#   DATABASE_URL=postgres://…/postern DRILL_DATABASE_URL=postgres://…/postern_drill \
#   POSTERN_ENCRYPTION_KEYS=… DRILL_USERNAME=… DRILL_PASSWORD_FILE=… deploy/restore-drill.sh [BACKUP]
#
# Without BACKUP it makes one. POSTERN_ENCRYPTION_KEYS are those that you would have after a loss. Without
# DRILL_USERNAME the sign-in is skipped. DRILL_PORT is where the copy listens (4999).
set -euo pipefail

server_url=${DATABASE_URL:-$(cat "${DATABASE_URL_FILE:-/dev/null}")}
: "${server_url:?Set DATABASE_URL, or DATABASE_URL_FILE, to the database of the server.}"
: "${DRILL_DATABASE_URL:?Set DRILL_DATABASE_URL to a database that may be replaced.}"
if [[ $server_url == "$DRILL_DATABASE_URL" ]]; then
  echo 'DRILL_DATABASE_URL is the database of the server. Nothing was changed.' >&2
  exit 1
fi

postern=("${NODE:-node}" "$(dirname "${BASH_SOURCE[0]}")/../bin/postern.js")
port=${DRILL_PORT:-4999}
folder=$(mktemp -d)
server=
clean_up() {
  [[ -z $server ]] || kill "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap clean_up EXIT

# The copy sends nothing: no mail, no webhooks, no traces, no events. It keeps the public URL, which the domains of
# passkeys and cookies belong to, and is reached without a pooler.
at_copy=(
  env -u DATABASE_URL_FILE -u POSTERN_DATABASE_POOLER
  -u POSTERN_DATABASE_SESSION_URL -u POSTERN_DATABASE_SESSION_URL_FILE
  -u POSTERN_SMTP_URL -u POSTERN_SMTP_URL_FILE -u POSTERN_SYSLOG_URL -u OTEL_EXPORTER_OTLP_ENDPOINT
  -u POSTERN_METRICS_PORT
  DATABASE_URL="$DRILL_DATABASE_URL" POSTERN_MAIL=off POSTERN_HOST=127.0.0.1 PORT="$port"
  POSTERN_PUBLIC_URL="${POSTERN_PUBLIC_URL:-http://localhost:$port}" "${postern[@]}"
)

began=$SECONDS
backup=${1:-}
if [[ -z $backup ]]; then
  backup=$folder/postern.backup
  "${postern[@]}" backup "$backup"
fi
"${at_copy[@]}" restore --replace "$backup"

"${at_copy[@]}" doctor

"${at_copy[@]}" webhooks list --json | sed -n 's/.*"id":"\(webhook_[^"]*\)".*/\1/p' |
  while read -r id; do "${at_copy[@]}" webhooks disable "$id" </dev/null; done

if [[ -n ${DRILL_USERNAME:-} ]]; then
  "${at_copy[@]}" start >"$folder/log" 2>&1 &
  server=$!
  url=http://127.0.0.1:$port
  curl --silent --fail --output /dev/null --retry 60 --retry-delay 1 --retry-all-errors "$url/readyz" ||
    { cat "$folder/log" >&2; exit 1; }
  # The password is in no argument, which others could read in the list of processes.
  answer=$("${NODE:-node}" -p "JSON.stringify({
      query: 'mutation (\$input: LoginInput!) { login(input: \$input) { userErrors { message } user { id } secondFactor { expiresAt } } }',
      variables: { input: {
        login: process.env.DRILL_USERNAME,
        password: require('fs').readFileSync(process.env.DRILL_PASSWORD_FILE, 'utf8').trimEnd(),
      } },
    })" | curl --silent --header 'content-type: application/json' --data-binary @- "$url/graphql")
  case $answer in
    *'"user":{'*) echo "OK   sign-in: $DRILL_USERNAME signed in at the copy" ;;
    *'"secondFactor":{'*) echo "OK   sign-in: the copy knows the password of $DRILL_USERNAME and asks for the second factor" ;;
    *)
      echo "FAIL sign-in: the copy refused $DRILL_USERNAME: $answer" >&2
      exit 1
      ;;
  esac
  kill -TERM "$server"
  wait "$server"
  server=
else
  echo 'SKIP sign-in: DRILL_USERNAME is not set'
fi
echo "The backup was restored and is well. It took $((SECONDS - began)) seconds."
