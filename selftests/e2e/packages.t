#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: the .deb and the bundle, on roots with nothing else
# requires: root cmd:debootstrap cmd:make cmd:llvm-strip
# kernels: host
#
# By hand: BPFPATH_ROOTS="bookworm trixie forky" run.sh -t 1800 packages
. "${BASH_SOURCE%/*}/../lib.sh"
. "$TOP/selftests/e2e/root.sh"

read -ra releases <<<"${BPFPATH_ROOTS-forky}"
PARTS=("no compiler" check demo "a new expression" --all tree show)
plan $((7 + 2 * (${#PARTS[@]} + 1) * ${#releases[@]}))

VERSION=$("$BPFPATH" version)
NAME=bpfpath-${VERSION#* }
BUNDLE=$TOP/build/$NAME-$(uname -m).tar.xz
MEGABYTES=3	# that the bundle may have

mount_quietly

# What is tried in a root: $TMP/try.sh COMMAND LAB_SH, a line for each part that is right
cat >"$TMP/try.sh" <<'END'
#!/bin/bash
bpfpath=$1 lab=$2

says()
{
	echo "ok $*"
}

# traces OPTIONS...: the reply to a ping of a lab
traces()
{
	"$bpfpath" -N bpfpath-pack-A -i any -w 60 \
		--exec "$lab -n pack exec A ping -c 1 -W 1 10.0.0.1" "$@" \
		"icmp and src host 10.0.0.1 and not udp port $((RANDOM + 1))" \
		>/tmp/path || return
	cat /tmp/path >&2
	grep -c '^packet 1: .*, complete' /tmp/path >/dev/null
}

type gcc cc clang make >/dev/null 2>&1 || says no compiler
! "$bpfpath" check >&2 || says check
"$bpfpath" demo -q >/tmp/demo </dev/null &&
	[ "$(grep -c '^packet 1: .*, complete' /tmp/demo)" = 2 ] && says demo
"$lab" -n pack up
TIMEFORMAT='a path: %R s, %U s and %S s of CPU'
time traces -W /tmp/saved -o text && says a new expression
traces --all && says --all
traces -o tree 2>/tmp/talk
if grep 'no function can be probed here where it returns' /tmp/talk >&2; then
	says tree cannot be had here
elif grep -E 'icmp_rcv|ping_rcv' /tmp/path >&2; then
	says tree
fi
"$bpfpath" show /tmp/saved >/tmp/shown &&
	grep -c '^packet 1: .*, complete' /tmp/shown >/dev/null && says show
"$lab" -n pack down
END
chmod +x "$TMP/try.sh"

# try_parts RELEASE/HOW COMMAND LAB_SH
try_parts()
{
	local part got

	cp "$TMP/try.sh" "$ROOT/try.sh"
	in_root /try.sh "${@:2}" >"$TMP/got" 2>"$TMP/err" </dev/null
	cat "$TMP/got" "$TMP/err" >&2
	for part in "${PARTS[@]}"; do
		got=$(grep -x -m 1 -e "ok $part.*" "$TMP/got")
		case $got in
		*"cannot be had here") skip "$1: $part" "not on $(uname -r)" ;;
		*)	is "$got" "ok $part" "$1: $part" ;;
		esac
	done
}

# skip_parts RELEASE/HOW WHY
skip_parts()
{
	local part

	for part in installs "${PARTS[@]}"; do
		skip "$1: $part" "$2"
	done
}

# apt_install WORD...: there, from outside
apt_install()
{
	in_root_outside env DEBIAN_FRONTEND=noninteractive bash -c '
		[ -e /updated ] || apt-get -q update && touch /updated &&
			apt-get -q -y install --no-install-recommends "$@"' - "$@" \
		>"$TMP/apt" 2>&1 </dev/null
}

# disk COMMAND...: says by how many KB the root is larger then
disk()
{
	local before

	before=$(du -sk --exclude=var "$ROOT" | cut -f 1)
	"$@" || return
	diag "$* adds $(($(du -sk --exclude=var "$ROOT" | cut -f 1) - before)) KB"
}

# try_bundle RELEASE: with ip, tc and ping alone
try_bundle()
{
	[ -e "$BUNDLE" ] || { skip_parts "$1, bundle" "it could not be built"; return; }
	apt_install iproute2 iputils-ping || {
		tail -n 3 "$TMP/apt" >&2
		skip_parts "$1, bundle" "no iproute2 can be had"
		return
	}
	ok "$1, bundle: installs" disk tar -C "$ROOT/opt" -xf "$BUNDLE"
	chmod -R a-w "$ROOT/opt"
	try_parts "$1, bundle" "/opt/$NAME/bpfpath.sh" "/opt/$NAME/scripts/lab.sh"
	rm -rf "$ROOT/opt"
}

try_deb()
{
	[ -e "$DEB" ] || { skip_parts "$1, deb" "it could not be built"; return; }
	cp "$DEB" "$ROOT/bpfpath.deb"
	disk apt_install /bpfpath.deb || {
		tail -n 3 "$TMP/apt" >&2
		skip_parts "$1, deb" "what it depends on cannot be had"
		return
	}
	pass "$1, deb: installs"
	try_parts "$1, deb" bpfpath /usr/share/bpfpath/scripts/lab.sh
}

# is_static FILE: it needs no library
is_static()
{
	[[ $(ldd "$1" 2>&1) == *'not a dynamic executable'* ]]
}

# has_static_libraries: a name that the compiler does not find it prints as it is
has_static_libraries()
{
	local name

	for name in libelf.a libz.a libpcap.a libc.a; do
		[[ $(gcc -print-file-name="$name") == /* ]] || return
	done
}

# check_bundle: as a file
check_bundle()
{
	has_static_libraries || { skip "bundle" "no static libraries"
		skip "its size" "no static libraries"
		skip "linked statically" "no static libraries"; return; }
	ok "bundle" test -e "$BUNDLE"
	ok "its size" test "$(stat -c %s "$BUNDLE")" -le $((MEGABYTES << 20))
	ok "linked statically" is_static "$TOP/build/static/bpfload"
}

# check_alone: its programs in a root without a C library, as of musl or any other
check_alone()
{
	local root=$TMP/alone

	[ -e "$BUNDLE" ] || { skip "bpfload needs no library" "no bundle"
		skip "pathreport needs no library" "no bundle"; return; }
	mkdir "$root"
	tar -C "$root" -xf "$BUNDLE"
	cp "$TOP/selftests/golden/demo-good.in" "$root"
	like "$(chroot "$root" "/$NAME/build/bpfload" filter --expression "tcp port 80" 2>&1)" \
		"filter_ether" "bpfload needs no library"
	like "$(chroot "$root" "/$NAME/build/pathreport" -o text --data "/$NAME/data" \
		-- demo-good.in 2>&1)" "packet 1: .*, complete" "pathreport needs no library"
	rm -rf "$root"
}

# check_deb: sets DEB
check_deb()
{
	DEB=$(ls "$TOP/build/deb/bpfpath_${VERSION#* }"_*.deb 2>/dev/null)
	type -P dh >/dev/null || { skip "deb" "no debhelper here"
		skip "lintian" "no deb"; return; }
	isnt "$DEB" "" "deb"
	if type -P lintian >/dev/null; then
		is "$(lintian "$TOP"/build/deb/bpfpath_*.changes 2>&1 | grep '^E')" "" \
			"lintian finds no error"
	else
		skip "lintian finds no error" "no lintian here"
	fi
}

rm -rf "$TOP/build/deb" "$BUNDLE"
make -s -C "$TOP" bundle >"$TMP/make" 2>&1 || tail -n 5 "$TMP/make" >&2
check_bundle
check_alone
! type -P dh >/dev/null || make -s -C "$TOP" deb >"$TMP/make" 2>&1 ||
	tail -n 5 "$TMP/make" >&2
check_deb

find_outside
for release in "${releases[@]}"; do
	if kept_root "$release"; then
		copy_root "$release"
		try_bundle "$release"
		try_deb "$release"
	else
		skip_parts "$release, deb" "no root by debootstrap"
		skip_parts "$release, bundle" "no root by debootstrap"
	fi
done
remove_root
