#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: bare roots of Debian releases: packages, build and demo
# requires: root cmd:debootstrap
# kernels: host
#
# By hand: BPFPATH_ROOTS="bullseye bookworm trixie forky" run.sh -t 1800 roots
. "${BASH_SOURCE%/*}/../lib.sh"
. "$TOP/selftests/e2e/root.sh"

read -ra releases <<<"${BPFPATH_ROOTS-forky}"
[ ${#releases[@]} -gt 0 ] || skip_all "BPFPATH_ROOTS names no release"
plan $((3 * ${#releases[@]}))

mount_quietly

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
	mkdir "$ROOT/src"
	tar -C "$TOP" --exclude=./build --exclude=./.git -c . | tar -C "$ROOT/src" -x
	in_root_outside /src/scripts/setup.sh run >&2 </dev/null ||
		{ skip_root "$1" "its packages cannot be had"; return; }
	in_root /src/bpfpath.sh demo -q >"$TMP/out" \
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
remove_root
