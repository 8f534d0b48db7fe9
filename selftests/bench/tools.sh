#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# tools.sh PROGRAM: finds a tracer of others in Debian, fetches it and what it
# needs, unpacks that (nothing is installed) into a directory that can be the
# root of the program, and prints the directory.
# Exit status: 0, 4 it cannot be had; the last line on stderr says why.
#
# apt fetches it, as scripts/vm-kernel.sh has it fetch kernels: from the mirror
# that this machine's apt is configured for, by signed lists of its own.

set -eo pipefail
export LC_ALL=C

RELEASE=trixie
CACHE=/var/cache/bpfpath/tools
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

skip()
{
	printf 'tools.sh: %s\n' "$*" >&2
	exit 4
}

# mirror: the one that has this machine's own release
mirror()
{
	local codename

	codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
	# shellcheck disable=SC2016 # apt fills these in
	apt-get indextargets --format '$(REPO_URI) $(RELEASE)' \
		"Created-By: Packages" "Component: main" |
		awk -v name="$codename" '$2 == name { print $1; exit }'
}

# private_apt ARGUMENT...: with lists and a state of its own, in which no package
# is installed
private_apt()
{
	apt-get -q -y -o Dir::Etc::sourcelist="$tmp/sources.list" \
		-o Dir::Etc::sourceparts=- -o Dir::State="$tmp" \
		-o Dir::State::status=/dev/null -o Dir::Cache="$tmp/cache" \
		-o Acquire::Languages=none -o APT::Sandbox::User=root \
		-o APT::Install-Recommends=false "$@" >>"$tmp/log" 2>&1
}

fetch()
{
	local uri

	uri=$(mirror)
	[ "$uri" ] || skip "apt is not configured for a Debian mirror"
	mkdir -p "$tmp/lists/partial" "$tmp/cache/archives/partial"
	echo "deb [signed-by=$KEYRING] $uri $RELEASE main" >"$tmp/sources.list"
	if ! private_apt update || ! private_apt --download-only install "$1"
	then
		tail -n 3 "$tmp/log" >&2
		skip "$1 of $RELEASE cannot be fetched"
	fi
}

# unpack DIRECTORY: its /lib and so on are links, as in an installed system
unpack()
{
	local name deb

	for name in bin lib lib64 sbin; do
		mkdir -p "$1/usr/$name"
		ln -s "usr/$name" "$1/$name"
	done
	mkdir -p "$1/proc" "$1/sys" "$1/tmp" "$1/dev"
	for deb in "$tmp"/cache/archives/*.deb; do
		dpkg-deb -x "$deb" "$1"
	done
}

[ $# = 1 ] || {
	echo "usage: tools.sh PROGRAM" >&2
	exit 2
}
if [ ! -d "$CACHE/$1" ]; then
	[ -e "$KEYRING" ] || skip "no Debian keys here ($KEYRING)"
	(umask 077; mkdir -p "$CACHE")
	tmp=$(mktemp -d "$CACHE/new.XXXXXX")
	trap 'rm -rf "$tmp"' EXIT
	fetch "$1"
	unpack "$tmp/root"
	mv "$tmp/root" "$CACHE/$1"
fi
echo "$CACHE/$1"
