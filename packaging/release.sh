#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# release.sh: makes a release of the last commit; usage() has the rest.

set -eo pipefail

unset CDPATH	# with it, cd prints
cd "${BASH_SOURCE[0]%/*}/.."
dry=		# -n

usage()
{
	cat <<'END'
Usage: release.sh [-n]

Makes build/bpfpath-VERSION.tar.gz of the last commit, with its sha256 sum beside
it, and the annotated tag vVERSION. Pushes nothing. Refuses where
  - something is not committed,
  - the first section of NEWS is not "VERSION (YYYY-MM-DD)", a day until today,
  - there is such a tag.
VERSION is that of bpfpath.sh.

  -n  only say what it would do
  -h  this text
END
}

die()
{
	printf 'release.sh: %s\n' "$*" >&2
	exit 1
}

check_tree()
{
	local changes

	changes=$(git status --porcelain 2>&1) || die "$changes"
	[ -z "$changes" ] || die "not committed:"$'\n'"$changes"
}

# check_news VERSION: the first line above a line of dashes is the section's
check_news()
{
	local heading day

	heading=$(grep -m 1 -B 1 -e '^---' NEWS | sed -n 1p)
	[[ $heading =~ ^"$1"\ \(([0-9]{4}-[0-9]{2}-[0-9]{2})\)$ ]] ||
		die "NEWS begins with '$heading', not with '$1 (YYYY-MM-DD)'"
	day=${BASH_REMATCH[1]}
	date -d "$day" >/dev/null 2>&1 || die "NEWS: no such day: $day"
	[[ ! $day > $(date +%F) ]] || die "NEWS: $day is still to come"
}

# check_tag TAG
check_tag()
{
	! git rev-parse -q --verify "refs/tags/$1" >/dev/null ||
		die "there is a tag $1 already"
}

# release VERSION
release()
{
	local archive=bpfpath-$1.tar.gz

	make -s dist
	(cd build && sha256sum "$archive" | tee "$archive.sha256")
	git tag -a -m "bpfpath $1" "v$1" HEAD
	echo "tag v$1"
}

while getopts nh option; do
	case $option in
	n) dry=1 ;;
	h) usage; exit 0 ;;
	*) usage >&2; exit 2 ;;
	esac
done
[ $# = $((OPTIND - 1)) ] || { usage >&2; exit 2; }

version=$(sed -n 's/^VERSION=\([0-9.]*\).*/\1/p' bpfpath.sh)
check_tree
check_news "$version"
check_tag "v$version"
if [ "$dry" ]; then
	echo "would make build/bpfpath-$version.tar.gz and its sha256 sum," \
		"and the tag v$version, of commit $(git rev-parse --short HEAD)"
else
	release "$version"
fi
