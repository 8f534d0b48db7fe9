#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# vm-files.sh: a guest asks the host for every file that it opens, which takes
# longer than all the rest. So those that the tests open over and over are
# copied into its memory, each to its own place: programs, their libraries, and
# this project.
#
#	vm-files.sh --pack FILE [DIR]  on the host: put them into an archive;
#				       DIR: the project
#	vm-files.sh FILE COMMAND...    in the guest: unpack it, run the command
#
# The command runs without a locale, whose files are many as well.

set -eo pipefail

OFTEN=(bash sh env awk basename bpftool bridge cat chmod cp cut date diff dirname
	find flock grep head id ip jq ln ls make mkdir mkfifo mktemp mount mountpoint mv nft
	nproc nsenter paste ping ps readlink rm rmdir sed seq sha256sum sleep
	sort stat tail tc tcpdump timeout touch tr true uname uniq wc xargs)

# libraries PROGRAM...: the files of those that they need
libraries()
{
	ldd "$@" 2>/dev/null | grep -o '/[^ ]*\.so[^ ]*' | sort -u
}

# in_place FILE...: the same files, by the true names of their directories
in_place()
{
	local file

	for file; do
		echo "$(readlink -f "${file%/*}")/${file##*/}"
	done | sort -u
}

# links: to directories, on the way to nearly every program
links()
{
	find /bin /sbin /lib /lib64 -maxdepth 0 -type l 2>/dev/null || true
}

# pack FILE [DIR]: -h puts a file in the place of a link to it
pack()
{
	local program path files=(/etc/ld.so.cache)

	for program in "${OFTEN[@]}"; do
		path=$(type -P "$program") && files+=("$path")
	done
	mapfile -t -O "${#files[@]}" files < <(libraries "${files[@]:1}")
	in_place "${files[@]}" | tar -P -h -cf "$1" -T -
	links | tar -P -rf "$1" -T -
	[ -z "$2" ] || tar -P --exclude=.git --exclude=build/logs \
		--exclude=build/tests --exclude='build/asan/*.[ao]' \
		-rf "$1" "$2"
}

if [ "$1" = --pack ]; then
	pack "${@:2}"
else
	tar -P -xf "$1"
	hash -r
	export LC_ALL=C
	exec "${@:2}"
fi
