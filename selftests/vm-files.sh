#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# vm-files.sh: each start of a program in a guest opens its file and its
# libraries on the host, which takes longer than all the rest. So a guest keeps
# copies of those that the tests start over and over in its own memory.
#
#	vm-files.sh --pack FILE      on the host: put them into an archive
#	vm-files.sh FILE COMMAND...  in the guest: unpack it, run the command

set -eo pipefail

OFTEN=(bash sh env awk basename bpftool cat chmod cp cut date diff dirname find
	flock grep head id ip jq ln ls make mkdir mktemp mount mountpoint mv
	nproc nsenter paste ping ps readlink rm rmdir sed seq sha256sum sleep
	sort stat tail tc timeout touch tr true uname uniq wc)
COPIES=/tmp/often

# libraries PROGRAM...: the files of those that they need
libraries()
{
	ldd "$@" 2>/dev/null | grep -o '/[^ ]*\.so[^ ]*' | sort -u
}

pack()
{
	local program path programs=() stage

	stage=$(mktemp -d)
	mkdir "$stage/bin" "$stage/lib"
	for program in "${OFTEN[@]}"; do
		path=$(type -P "$program") && programs+=("$path")
	done
	cp -L "${programs[@]}" "$stage/bin"
	libraries "${programs[@]}" | xargs cp -L -t "$stage/lib"
	tar -C "$stage" -cf "$1" bin lib
	rm -r "$stage"
}

if [ "$1" = --pack ]; then
	pack "$2"
else
	mkdir "$COPIES"
	tar -C "$COPIES" -xf "$1"
	export PATH=$COPIES/bin:$PATH LD_LIBRARY_PATH=$COPIES/lib
	exec "${@:2}"
fi
