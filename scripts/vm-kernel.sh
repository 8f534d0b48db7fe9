#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Finds a stock Debian kernel for scripts/vm.sh, fetches it if need be, and
# prints "VERSION DIRECTORY". In that directory, lib/modules/VERSION holds the
# modules and, beside them, vmlinuz, config and System.map.
#
# apt does the fetching, from the mirror that this machine's apt is configured
# for, with a package list of its own, so that the machine's lists and packages
# stay as they are. What is trusted: the Debian archive's keys on this machine.
# apt checks the release file's signature with them, the index by the SHA256 in
# the release file and each package by the SHA256 in the index.
set -e -o pipefail
export LC_ALL=C

CACHE=${BPFPATH_KERNELS:-/var/cache/bpfpath/kernels}
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
SKIP=4
NEWER=
TMP=

usage()
{
	cat <<-END
	Usage: vm-kernel.sh [-u] RELEASE|VERSION
	  RELEASE  a Debian release: bullseye, bookworm, trixie, forky
	  VERSION  a kernel that was fetched before, such as 6.1.0-42-amd64
	  -u       ask the mirror for a newer kernel, even if one is kept
	Kernels are kept in $CACHE (BPFPATH_KERNELS).
	Exit status: 0, 2 wrong usage, 4 the kernel cannot be had.
	END
}

say()
{
	echo "vm-kernel.sh: $*" >&2
}

# The tests count status 4 as a skip.
skip()
{
	say "kernel '$NAME': $*"
	exit $SKIP
}

clean_up()
{
	if [[ $TMP ]]; then
		rm -rf -- "$TMP"
	fi
}

# A release is kept as a link to the version that was its newest.
print_kept()
{
	local dir

	dir=$(readlink -e -- "$CACHE/$NAME") || return
	echo "${dir##*/} $dir"
}

# The Debian mirrors in apt's configuration, with the name of this machine's
# release replaced by the wanted one: "URI SUITE", a line each.
list_mirrors()
{
	local codename uri suite base

	codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
	# shellcheck disable=SC2016 # apt fills these in
	apt-get indextargets --format '$(REPO_URI) $(RELEASE)' \
		"Created-By: Packages" "Component: main" | sort -u |
	while read -r uri suite; do
		base=${suite%-updates}
		base=${base%-security}
		case $base in
		"$codename" | stable | oldstable | testing)
			echo "$uri $NAME${suite#"$base"}" ;;
		esac
	done
}

# apt with its state in $TMP instead of the machine's own.
private_apt()
{
	local tool=$1

	shift
	"$tool" -q -o Dir::Etc::sourcelist="$TMP/sources.list" \
		-o Dir::Etc::sourceparts=- -o Dir::State="$TMP" \
		-o Dir::State::status=/dev/null -o Dir::Cache="$TMP/cache" \
		-o Acquire::Languages=none -o APT::Sandbox::User=root \
		-o APT::Architecture="$ARCH" "$@"
}

fetch_index()
{
	local uri suite

	mkdir -p "$TMP/lists/partial" "$TMP/cache/archives/partial"
	list_mirrors | while read -r uri suite; do
		echo "deb [signed-by=$KEYRING] $uri $suite main"
	done >"$TMP/sources.list"
	[[ -s $TMP/sources.list ]] ||
		skip "apt is not configured for a Debian mirror"
	private_apt apt-get update >"$TMP/log" 2>&1 || true
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

	image=$(depends_on "linux-image-$ARCH" linux-image- | sed -n 1p)
	if [[ ! $image ]]; then
		tail -n 3 "$TMP/log" >&2
		skip "the mirror has no linux-image-$ARCH of that release"
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
	local image=$1 version=$2 packages deb

	mapfile -t packages < <(depends_on "$image" \
		linux-base- linux-binary- linux-modules-)
	if ! (cd "$TMP" && private_apt apt-get download "$image" \
		"${packages[@]}") >>"$TMP/log" 2>&1; then
		tail -n 3 "$TMP/log" >&2
		skip "cannot download $image"
	fi
	for deb in "$TMP"/*.deb; do
		dpkg-deb -x "$deb" "$TMP/root"
	done
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
[[ $NAME =~ ^[a-z]+$ ]] || skip "not kept in $CACHE; name a release to fetch"
type apt-get dpkg-deb depmod >/dev/null || skip "needs apt, dpkg and kmod"
[[ -r $KEYRING ]] || skip "no $KEYRING to trust"
install -d -m 0700 -- "$CACHE" || skip "cannot keep kernels in $CACHE"
ARCH=$(dpkg --print-architecture)
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
exec 9>"$CACHE/.lock"
flock 9
if [[ ! $NEWER ]] && print_kept; then
	exit 0
fi
TMP=$(mktemp -d "$CACHE/.fetch.XXXXXX")
fetch_index
(fetch_kernel) || [[ $NEWER ]]
print_kept || exit $SKIP
