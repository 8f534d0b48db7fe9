#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: bare roots of Debian releases: packages, build and demo
# requires: root cmd:debootstrap
# kernels: host
#
# By hand: BPFPATH_ROOTS="bullseye bookworm trixie forky" run.sh -t 1800 roots
. "${BASH_SOURCE%/*}/../lib.sh"

read -ra releases <<<"${BPFPATH_ROOTS-forky}"
[ ${#releases[@]} -gt 0 ] || skip_all "BPFPATH_ROOTS names no release"
plan $((3 * ${#releases[@]}))

CACHE=/var/cache/bpfpath/roots	# as debootstrap leaves them
SCRIPT=/usr/share/debootstrap/scripts/sid	# older ones do not know newer releases

mount_quietly

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

# kept_root RELEASE: it is in CACHE, or 1
kept_root()
{
	local mirror new=$CACHE/$1.$$

	[ ! -d "$CACHE/$1" ] || return 0
	mkdir -p "$CACHE"
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

# copy_root RELEASE: a root of its own, with the sources in /src
copy_root()
{
	rm -rf --one-file-system "$TMP/bare"
	cp -a "$CACHE/$1" "$TMP/bare"
	cp -L /etc/resolv.conf "$TMP/bare/etc/"
	apt-config dump Acquire >"$TMP/bare/etc/apt/apt.conf.d/acquire"
	mkdir "$TMP/bare/src"
	tar -C "$TOP" --exclude=./build --exclude=./.git -c . |
		tar -C "$TMP/bare/src" -x
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

# skip_root RELEASE WHY
skip_root()
{
	local what

	for what in "exit status" "both paths" "no warning"; do
		skip "$1: $what" "$2"
	done
}

# try_root RELEASE
try_root()
{
	local status=0

	kept_root "$1" || { skip_root "$1" "no root by debootstrap"; return; }
	copy_root "$1"
	unshare -m -- "$TMP/in_root" nsenter --net="$OUTSIDE" -- \
		/src/scripts/setup.sh run >&2 </dev/null ||
		{ skip_root "$1" "its packages cannot be had"; return; }
	unshare -m -- "$TMP/in_root" /src/bpfpath.sh demo -q >"$TMP/out" \
		2>"$TMP/err" </dev/null || status=$?
	cat "$TMP/err" >&2
	is "$status" 0 "$1: exit status"
	is "$(grep -c '^packet 1: .*, complete' "$TMP/out")" 2 "$1: both paths"
	unlike "$(<"$TMP/err")" 'warning:' "$1: no warning"
}

find_outside
for release in "${releases[@]}"; do
	try_root "$release"
done
rm -rf --one-file-system "$TMP/bare"
