# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # TMP and others are of lib.sh
#
# root.sh: bare roots of Debian releases, by debootstrap, which are kept. Sourced by
# tests that need machines with nothing on them.

CACHE=/var/cache/bpfpath/roots	# as debootstrap leaves them
SCRIPT=/usr/share/debootstrap/scripts/sid	# older ones do not know newer releases
ROOT=$TMP/bare

# find_outside: sets OUTSIDE to the machine's network, which the runner has and tests
# have not: that of the first process above us that is in another one
find_outside()
{
	local pid=$PPID stat

	OUTSIDE=/proc/self/ns/net
	while [ "$pid" -gt 1 ]; do
		if [ "$(readlink "/proc/$pid/ns/net")" != \
				"$(readlink /proc/self/ns/net)" ]; then
			OUTSIDE=/proc/$pid/ns/net
			return
		fi
		stat=$(<"/proc/$pid/stat")
		read -r _ pid _ <<<"${stat##*) }"
	done
}

# mirrors: this machine's, a line each
mirrors()
{
	# shellcheck disable=SC2016 # apt fills it in
	apt-get indextargets --format '$(REPO_URI)' \
		"Created-By: Packages" "Component: main" 2>/dev/null |
		sed 's|/*$||' | sort -u
}

# make_root RELEASE: in CACHE
make_root()
{
	local mirror new=$CACHE/$1.$$

	for mirror in $(mirrors); do
		# In mounts of its own: it binds /dev, and a failing one leaves that.
		if unshare -m -- nsenter --net="$OUTSIDE" -- debootstrap \
				--variant=minbase "$1" "$new" "$mirror" "$SCRIPT" \
				>"$TMP/debootstrap" 2>&1 </dev/null; then
			mv -T "$new" "$CACHE/$1"
			return
		fi
		diag "$mirror: $(tail -n 1 "$TMP/debootstrap")"
		rm -rf --one-file-system "$new"
	done
	return 1
}

# kept_root RELEASE: it is in CACHE, or 1; two tests at once make one
kept_root()
{
	mkdir -p "$CACHE"
	(flock 9; [ -d "$CACHE/$1" ] || make_root "$1") 9>"$CACHE/lock"
}

# copy_root RELEASE: ROOT, to be changed
copy_root()
{
	remove_root
	cp -a "$CACHE/$1" "$ROOT"
	cp -L /etc/resolv.conf "$ROOT/etc/"
	apt-config dump Acquire >"$ROOT/etc/apt/apt.conf.d/acquire"
}

remove_root()
{
	rm -rf --one-file-system "$ROOT"
}

# in_root COMMAND...: there, with what the kernel gives
cat >"$TMP/in_root" <<'END'
#!/usr/bin/env bash
set -e
root=${0%/*}/bare
for name in dev proc sys; do
	mount --rbind "/$name" "$root/$name"
done
mount -t tmpfs tmpfs "$root/run"
mount -t tmpfs tmpfs "$root/tmp"
exec chroot "$root" "$@"
END
chmod +x "$TMP/in_root"

in_root()
{
	unshare -m -- "$TMP/in_root" "$@"
}

# in_root_outside COMMAND...: the same, with the machine's network
in_root_outside()
{
	in_root nsenter --net="$OUTSIDE" -- "$@"
}
