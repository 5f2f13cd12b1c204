#!/usr/bin/env bash
# Builds the image of Postern without a registry of images and without Docker: dist/image/postern.tar, an OCI archive.
# Base: the few packages of Debian that Node needs, by mmdebstrap; Node: the one that npm ci installs; Postern: what
# npm pack packs, with its production dependencies. Requires root, mmdebstrap and buildah (Debian's packages).
#   npm run image && podman load -i dist/image/postern.tar
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

[[ -f dist/sbom.cdx.json ]] || { echo 'Run npm run sbom first.' >&2; exit 1; }
# The release of Debian and the mirrors of this machine.
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
mapfile -t sources < <(find /etc/apt/sources.list /etc/apt/sources.list.d -name '*.list' -size +0 -o -name '*.sources' 2>/dev/null)
output=$PWD/dist/image
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
app=$root/opt/postern
rm -rf "$output"
mkdir -p "$output"

# Scanners of images look here for the versions of packages that were only extracted.
# shellcheck disable=SC2016
list_packages='mkdir -p "$1/var/lib/dpkg/status.d"
for deb in "$1"/var/cache/apt/archives/*.deb; do
  dpkg-deb --field "$deb" >"$1/var/lib/dpkg/status.d/$(dpkg-deb --field "$deb" Package)"
done'

# Extracted only: nothing in the image needs a shell, so no script of a package runs.
mmdebstrap --quiet --variant=extract --include=base-files,netbase,libc6,libstdc++6,libgcc-s1 \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  --extract-hook="$list_packages" \
  "$suite" "$root" "${sources[@]}"
rm "$root/usr/bin/mawk" "$root/var/lib/dpkg/status.d/mawk"
printf 'root:x:0:0:root:/root:/usr/sbin/nologin\npostern:x:1000:1000:Postern:/data:/usr/sbin/nologin\n' >"$root/etc/passwd"
printf 'root:x:0:\npostern:x:1000:\n' >"$root/etc/group"
install -d -o 1000 -g 1000 -m 700 "$root/data"
node=$(readlink -f node_modules/.bin/node)
install -m 755 "$node" "$root/usr/bin/node"
install -D -m 644 "${node%/bin/node}/LICENSE" "$root/usr/share/doc/nodejs/LICENSE"

# Exactly the versions of the lock file. Of the optional packages, the image needs the binary of bcrypt, and has Node.
install -d "$app/packages/client" "$app/web"
npm pack --silent --ignore-scripts --pack-destination "$work" >/dev/null
tar -xzf "$work"/postern-*.tgz -C "$app" --strip-components=1 --no-same-owner
cp package-lock.json .npmrc "$app"
cp packages/client/package.json "$app/packages/client"
cp web/package.json "$app/web"
npm ci --prefix "$app" --omit=dev --ignore-scripts --no-audit --no-fund --prefer-offline --silent
install -D -m 644 -t "$root/usr/share/doc/postern" dist/sbom.cdx.json dist/third-party-licenses.txt LICENSE
# The workspaces are in the bundle.
rm -r "$app"/node_modules/node-linux-* "$app/packages" "$app/web" "$app/.npmrc" "$app/package-lock.json"
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
