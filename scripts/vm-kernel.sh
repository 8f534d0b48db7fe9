#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Finds a stock Debian kernel for scripts/vm.sh, fetches it if need be, and
# prints "VERSION DIRECTORY". In that directory, lib/modules/VERSION holds the
# modules and, beside them, vmlinuz, config and System.map.
set -e -o pipefail
export LC_ALL=C

CACHE=${BPFPATH_KERNELS:-/var/cache/bpfpath/kernels}
WHAT=kernel
NEWER=
PACKAGE=	# the one that depends on the newest kernel's

. "$(dirname -- "$(readlink -f -- "$0")")/vm-apt.sh"

usage()
{
	cat <<-END
	Usage: vm-kernel.sh [-u] RELEASE[-KIND]|VERSION
	  RELEASE  a Debian release: bullseye, bookworm, trixie, forky
	  KIND     arm64, that architecture's, or rt, with PREEMPT_RT
	  VERSION  a kernel that was fetched before, such as 6.1.0-42-amd64
	  -u       ask the mirror for a newer kernel, even if one is kept
	Kernels are kept in $CACHE (BPFPATH_KERNELS).
	Exit status: 0, 2 wrong usage, 4 the kernel cannot be had.
	END
}

# A release is kept as a link to the version that was its newest.
print_kept()
{
	local dir

	dir=$(readlink -e -- "$CACHE/$NAME") || return
	echo "${dir##*/} $dir"
}

# Sets RELEASE, ARCH and PACKAGE; 1 when it is a version.
take_name()
{
	[[ $NAME =~ ^([a-z]+)(-(arm64|rt))?$ ]] || return
	RELEASE=${BASH_REMATCH[1]}
	ARCH=$(dpkg --print-architecture 2>/dev/null) || true
	case ${BASH_REMATCH[3]} in
	'')	PACKAGE=linux-image-$ARCH ;;
	arm64)	ARCH=arm64
		PACKAGE=linux-image-arm64 ;;
	rt)	PACKAGE=linux-image-rt-$ARCH ;;
	esac
}

# The dependencies of package $1 whose names start with one of the words after
# it, without versions.
depends_on()
{
	local package=$1 word

	shift
	for word; do
		private_apt apt-cache depends "$package" 2>/dev/null |
			awk -v word="$word" '$1 == "Depends:" &&
				index($2, word) == 1 { print $2 }'
	done
}

fetch_kernel()
{
	local image version

	image=$(depends_on "$PACKAGE" linux-image- | sed -n 1p)
	if [[ ! $image ]]; then
		tail -n 3 "$TMP/log" >&2
		skip "the mirror has no $PACKAGE of that release"
	fi
	version=${image#linux-image-}
	if [[ ! -d $CACHE/$version ]]; then
		say "fetching $image ($NAME)"
		fetch_packages "$image" "$version"
	fi
	ln -sfn "$version" "$CACHE/$NAME"
}

# Files of a kernel are in linux-image-VERSION itself, since forky in packages
# that it depends on.
fetch_packages()
{
	local image=$1 version=$2 packages

	mapfile -t packages < <(depends_on "$image" \
		linux-base- linux-binary- linux-modules-)
	if ! (cd "$TMP" && private_apt apt-get download "$image" \
		"${packages[@]}") >>"$TMP/log" 2>&1; then
		tail -n 3 "$TMP/log" >&2
		skip "cannot download $image"
	fi
	unpack "$TMP" "$TMP/root"
	keep_kernel "$TMP/root" "$version"
}

# Brings the unpacked files in $1 into the one form that is kept.
keep_kernel()
{
	local root=$1 version=$2 file

	[[ -e $root/lib ]] || ln -s usr/lib "$root/lib"
	for file in vmlinuz config System.map; do
		if [[ -e $root/boot/$file-$version ]]; then
			mv -- "$root/boot/$file-$version" \
				"$root/lib/modules/$version/$file"
		fi
	done
	depmod -b "$root" "$version"
	mv -- "$root" "$CACHE/$version"
}

while getopts uh opt; do
	case $opt in
	u) NEWER=1 ;;
	h) usage; exit 0 ;;
	*) usage >&2; exit 2 ;;
	esac
done
shift $((OPTIND - 1))
NAME=$1
if [[ $# -ne 1 || ! $NAME =~ ^[A-Za-z0-9][A-Za-z0-9.+~_-]*$ ]]; then
	usage >&2
	exit 2
fi
if [[ ! $NEWER ]] && print_kept; then
	exit 0
fi
type depmod >/dev/null || skip "needs kmod"
take_name || skip "not kept in $CACHE; name a release to fetch"
open_cache
if [[ ! $NEWER ]] && print_kept; then
	exit 0
fi
fetch_index
(fetch_kernel) || [[ $NEWER ]]
print_kept || exit $SKIP
