#!/bin/sh
# Starts Chromium with $POLICIES as the machine's policy folder, in a mount namespace of its own, so nothing changes on
# the machine and no other browser sees it. Without root rights, it also needs a user namespace.
set -eu
[ -z "${ENTERED:-}" ] || {
  mount --bind "$POLICIES" /etc/chromium
  exec "$CHROMIUM" "$@"
}
export ENTERED=1
if [ "$(id -u)" = 0 ]; then exec unshare --mount "$0" "$@"; fi
exec unshare --mount --map-root-user "$0" --no-sandbox "$@"
