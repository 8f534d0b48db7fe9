#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# vm-files.sh: each start of a program in a guest opens its file and its
# libraries on the host, which takes longer than all the rest. What the tests
# start over and over is therefore copied into the guest's memory first.
#
#	vm-files.sh --pack FILE     on the host: put those files into an archive
#	vm-files.sh FILE COMMAND... in the guest: unpack it, run the command

set -eo pipefail

TOP=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
OFTEN=(bash sh env awk basename bpftool cat chmod cut date diff dirname find
	flock grep head id ip jq ln ls make mkdir mktemp mount mountpoint mv
	nproc nsenter paste ping ps readlink rm rmdir sed seq sha256sum sleep
	sort stat tail tc timeout touch tr uname uniq wc xargs
	"$TOP/build/bpfload" "$TOP/build/pathreport")

# files: of those programs, and of the libraries they need
files()
{
	local program path

	for program in "${OFTEN[@]}"; do
		path=$(readlink -f "$(type -P "$program")") || continue
		echo "$path"
		ldd "$path" 2>/dev/null | grep -o '/[^ ]*' || true
	done | xargs readlink -f | sort -u
}

if [ "$1" = --pack ]; then
	files | tar -C / --no-recursion --absolute-names -cf "$2" -T -
else
	tar --absolute-names -xf "$1"
	exec "${@:2}"
fi
