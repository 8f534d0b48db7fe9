#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# tools.sh PROGRAM: finds a tracer of others in Debian, fetches it and what it
# needs, unpacks that (nothing is installed) into a directory that can be the
# root of the program, and prints the directory.
# Exit status: 0, 4 it cannot be had; the last line on stderr says why.

set -eo pipefail
export LC_ALL=C

TOP=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
RELEASE=trixie
CACHE=/var/cache/bpfpath/tools
WHAT=tracer

. "$TOP/scripts/vm-apt.sh"

fetch()
{
	fetch_index
	private_apt apt-get -y -d --no-install-recommends install "$NAME" \
		>>"$TMP/log" 2>&1 || {
		tail -n 3 "$TMP/log" >&2
		skip "$RELEASE has none that can be fetched"
	}
}

# make_root DIRECTORY: its /lib and so on are links, as in an installed system
make_root()
{
	local name

	for name in bin lib lib64 sbin; do
		mkdir -p "$1/usr/$name"
		ln -s "usr/$name" "$1/$name"
	done
	mkdir -p "$1/proc" "$1/sys" "$1/tmp" "$1/dev"
	unpack "$TMP/cache/archives" "$1"
}

[ $# = 1 ] || {
	echo "usage: tools.sh PROGRAM" >&2
	exit 2
}
NAME=$1
ARCH=$(dpkg --print-architecture 2>/dev/null) || true
if [ ! -d "$CACHE/$NAME" ]; then
	open_cache
fi
# Another run may have fetched it meanwhile.
if [ ! -d "$CACHE/$NAME" ]; then
	fetch
	make_root "$TMP/root"
	mv "$TMP/root" "$CACHE/$NAME"
fi
echo "$CACHE/$NAME"
