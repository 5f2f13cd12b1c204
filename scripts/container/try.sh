#!/usr/bin/env bash
# Starts the image that build.sh made as a container runtime does: with a read-only root, as its user without
# capabilities, and only /data writable. Passes if it becomes ready, creates a user, and stops in order. Requires root,
# buildah and curl.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

port=${PORT:-4096}
url=http://127.0.0.1:$port
work=$(mktemp -d)
container=
server=
store() { buildah --root "$work/storage" --runroot "$work/run" --storage-driver vfs "$@"; }
finish() {
  [[ -z $server ]] || kill -KILL "$server" 2>/dev/null || true
  wait
  [[ -z $container ]] || store umount "$container" >/dev/null
  rm -rf "$work"
}
trap finish EXIT

container=$(store from oci-archive:dist/image/postern.tar)
root=$(store mount "$container")
mapfile -t variables < <(store inspect --format '{{range .OCIv1.Config.Env}}{{println .}}{{end}}' "$container" | sed '/^$/d')
user=$(store inspect --format '{{.OCIv1.Config.User}}' "$container")
[[ $user == 1000:1000 && -z $(find "$root" -xdev -type f -perm /6000 -print -quit) ]]

# shellcheck disable=SC2016
unshare --mount --propagation private bash -euc '
  root=$1 user=$2
  shift 2
  mount --bind "$root" "$root"
  mount --bind "$root/data" "$root/data"
  mount --rbind /dev "$root/dev"
  mount -t proc proc "$root/proc"
  mount -o remount,bind,ro "$root"
  ! touch "$root/opt/postern/written" 2>/dev/null
  cd /
  exec env -i "$@" /usr/bin/setpriv --no-new-privs --inh-caps=-all \
    /usr/sbin/chroot --userspec="$user" --groups= "$root" /usr/bin/node \
    --eval "process.chdir(\"/opt/postern\"); process.argv.splice(1); await import(\"/opt/postern/bin/start.js\")"
' trial "$root" "$user" "${variables[@]}" PORT="$port" POSTERN_HOST=127.0.0.1 POSTERN_PUBLIC_URL="http://localhost:$port" POSTERN_MAIL=off \
  POSTERN_ENCRYPTION_KEYS="trial:$(openssl rand -base64 32)" >"$work/output" 2>&1 &
server=$!

fail() {
  echo "$1" >&2
  cat "$work/output" >&2
  exit 1
}
for ((tries = 0; tries < 300; tries++)); do
  curl --silent --fail "$url/readyz" >"$work/ready" && break
  kill -0 "$server" 2>/dev/null || fail 'the server ended'
  sleep 0.2
done
[[ -s $work/ready ]] || fail 'not ready within a minute'
grep -q "^Uid:[[:space:]]*1000" "/proc/$server/status" && grep -q '^CapEff:[[:space:]]*0*$' "/proc/$server/status" ||
  fail 'runs with privileges'
registration='mutation { register(input: {
  username: "trial", password: "Quiet-Harbour-71", confirmPassword: "Quiet-Harbour-71" }) { userErrors { code } } }'
answer=$(curl --silent "$url/graphql" --header 'content-type: application/json' \
  --data "$(printf '{"query":"%s"}' "$(tr '\n' ' ' <<<"${registration//\"/\\\"}")")")
[[ $answer == '{"data":{"register":{"userErrors":[]}}}' ]] || fail "register answered $answer"
curl --silent --fail "$url/sign-in" | grep -q '<div id="root">' || fail 'the web app is missing'
kill "$server"
wait "$server" || fail 'did not stop in order'
server=
cat "$work/ready"
echo
echo 'The image starts with a read-only root, as its user, without capabilities, and stops in order.'
