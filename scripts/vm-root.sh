#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# A root file system of another architecture, for guests of vm.sh: unpacked Debian
# packages whose scripts have not run. It has what bpfpath.sh and its tests need,
# and the headers and libraries to build them for it (gcc --sysroot). Prints its
# directory.
set -e -o pipefail
export LC_ALL=C

CACHE=${BPFPATH_ROOTS_KEPT:-/var/cache/bpfpath/roots}
WHAT=root
RELEASE=trixie

PACKAGES=(base-files bash coreutils diffutils findutils grep mawk sed tar gzip
	util-linux mount procps kmod busybox-static iproute2 iputils-ping nftables
	tcpdump jq netbase libelf-dev zlib1g-dev libpcap0.8-dev libc6-dev)

. "$(dirname -- "$(readlink -f -- "$0")")/vm-apt.sh"

usage()
{
	cat <<-END
	Usage: vm-root.sh ARCH
	  ARCH  Debian's name of the architecture, such as arm64
	Roots are kept in $CACHE.
	Exit status: 0, 2 wrong usage, 4 the root cannot be had.
	END
}

# A root that was made of another list of packages is none.
print_kept()
{
	[[ -f $CACHE/$NAME.packages &&
		"$(<"$CACHE/$NAME.packages")" == "${PACKAGES[*]}" ]] || return
	echo "$CACHE/$NAME"
}

fetch_packages()
{
	say "fetching packages of $RELEASE for $ARCH"
	if ! private_apt apt-get -y -d --no-install-recommends install \
		"${PACKAGES[@]}" >>"$TMP/log" 2>&1; then
		tail -n 3 "$TMP/log" >&2
		skip "cannot download its packages"
	fi
}

# What the scripts of packages would have done, as far as it is needed. The links
# of the merged /usr have to be there before anything is unpacked.
make_root()
{
	local root=$TMP/root dir

	mkdir -p "$root/usr"
	for dir in bin lib sbin; do
		mkdir "$root/usr/$dir"
		ln -s "usr/$dir" "$root/$dir"
	done
	unpack "$TMP/cache/archives" "$root"
	ln -s mawk "$root/usr/bin/awk"
	ln -s bash "$root/usr/bin/sh"
	cp "$root/usr/share/base-passwd/passwd.master" "$root/etc/passwd"
	cp "$root/usr/share/base-passwd/group.master" "$root/etc/group"
	rm -rf "$root"/usr/share/{doc,man,locale,info}
}

[[ $1 != -h ]] || { usage; exit 0; }
if [[ $# -ne 1 || ! $1 =~ ^[a-z][a-z0-9]*$ ]]; then
	usage >&2
	exit 2
fi
ARCH=$1
NAME=$RELEASE-$ARCH
if print_kept; then
	exit 0
fi
open_cache
if print_kept; then
	exit 0
fi
fetch_index
fetch_packages
make_root
rm -rf -- "${CACHE:?}/$NAME"
mv -- "$TMP/root" "$CACHE/$NAME"
echo "${PACKAGES[*]}" >"$CACHE/$NAME.packages"
print_kept
