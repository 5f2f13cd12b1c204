#!/usr/bin/env bash
# Builds the image of Postern without a registry of images and without Docker: dist/image/postern.tar, an OCI archive.
# Base: the few packages of Debian that Node needs, by mmdebstrap; Node: the one that npm ci installs; Postern: what
# npm pack packs, with its production dependencies. Requires root, mmdebstrap and buildah (Debian's packages).
#   npm run image && podman load -i dist/image/postern.tar
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

suite=${DEBIAN_SUITE:-bookworm}
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
output=$PWD/dist/image
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
app=$root/opt/postern
rm -rf "$output"
mkdir -p "$output"

# Extracted only: nothing in the image needs a shell, so no script of a package runs.
mmdebstrap --quiet --variant=extract --include=base-files,netbase,libc6,libstdc++6,libgcc-s1 \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  "$suite" "$root" "deb $mirror $suite main" "deb $mirror-security $suite-security main"
rm -f "$root/usr/bin/mawk"
printf 'root:x:0:0:root:/root:/usr/sbin/nologin\npostern:x:1000:1000:Postern:/data:/usr/sbin/nologin\n' >"$root/etc/passwd"
printf 'root:x:0:\npostern:x:1000:\n' >"$root/etc/group"
install -d -o 1000 -g 1000 -m 700 "$root/data"
install -m 755 "$(readlink -f node_modules/.bin/node)" "$root/usr/bin/node"

# Exactly the versions of the lock file.
install -d "$app/packages/client" "$app/web"
npm pack --silent --ignore-scripts --pack-destination "$work" >/dev/null
tar -xzf "$work"/postern-*.tgz -C "$app" --strip-components=1 --no-same-owner
cp package-lock.json .npmrc "$app"
cp packages/client/package.json "$app/packages/client"
cp web/package.json "$app/web"
npm ci --prefix "$app" --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund --prefer-offline --silent
npm sbom --package-lock-only --workspaces=false --omit=dev --omit=optional --sbom-format cyclonedx >"$output/sbom.json"
node scripts/container/licenses.ts "$output/sbom.json" >"$output/licenses.txt"
install -D -m 644 -t "$root/usr/share/doc/postern" "$output/sbom.json" "$output/licenses.txt" LICENSE
# The workspaces are in the bundle.
rm -r "$app/packages" "$app/web" "$app/.npmrc" "$app/package-lock.json"
find "$app/node_modules" -xtype l -delete
find "$app/node_modules" \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

build() { buildah --root "$work/storage" --runroot "$work/run" --storage-driver vfs "$@"; }
container=$(build from scratch)
# Not "buildah copy", which gives everything to root.
cp --archive "$root/." "$(build mount "$container")"
build umount "$container" >/dev/null
build config --user 1000:1000 --workingdir /opt/postern --volume /data --port 4000 \
  --env NODE_ENV=production --env POSTERN_DATA_DIR=/data --stop-signal SIGTERM \
  --entrypoint '["node"]' --cmd 'bin/start.js' --env PATH=/usr/bin \
  --label org.opencontainers.image.title=Postern --label org.opencontainers.image.licenses=MIT "$container"
build commit --quiet --rm "$container" postern >/dev/null
build push --quiet postern "oci-archive:$output/postern.tar:postern"

bytes=$(stat -c %s "$output/postern.tar")
printf '%s: %d MB\n' "${output#"$PWD"/}/postern.tar" $((bytes / 1000000))
# Each node that starts a pod loads it.
((bytes <= 150000000)) || { echo 'The image is larger than 150 MB.' >&2; exit 1; }
