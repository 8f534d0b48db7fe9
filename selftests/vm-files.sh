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
#	vm-files.sh --pack-for ARCH FILE DIR ROOT  on the host: for a guest of that
#				       architecture, which has this root; DIR with
#				       the programs of vm-build.sh
#	vm-files.sh FILE COMMAND...    in the guest: unpack it, run the command
#
# The command runs without a locale, whose files are many as well.

set -eo pipefail

OFTEN=(bash sh env awk basename bpftool bridge cat chmod cp cut date diff dirname
	find flock grep head id ip jq ln ls make mkdir mkfifo mktemp mount mountpoint mv nft
	nproc nsenter paste ping ps readlink rm rmdir sed seq sha256sum sleep
	sort stat tail tc tcpdump timeout touch tr true uname uniq wc xargs)

FORM=(-P --format=posix)	# knows parts of a second: what is built is newer

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
	in_place "${files[@]}" | tar "${FORM[@]}" -h -cf "$1" -T -
	links | tar "${FORM[@]}" -rf "$1" -T -
	[ -z "$2" ] || tar "${FORM[@]}" --exclude=.git --exclude=build/logs \
		--exclude=build/tests --exclude='build/asan/*.[ao]' \
		--exclude=build/arm64 \
		-rf "$1" "$2"
}

# pack_for ARCH FILE DIR ROOT: what else there is below build is for this machine
pack_for()
{
	local built=$3/build/$1 program files=()

	[ -e "$built/bpfload" ] ||
		{ echo "no programs for $1 in $built" >&2; return 4; }
	tar "${FORM[@]}" --exclude=.git --exclude="$3/build" -cf "$2" "$3"
	tar "${FORM[@]}" --exclude="$3/build/bpf/$(uname -m)" -rf "$2" "$3"/build/{built,bpf}
	tar "${FORM[@]}" --transform "s,^$built/,$3/build/," -rf "$2" \
		"$built"/{bpfload,pathreport,e2e}
	for program in "$4"/usr/{bin,sbin}/*; do
		[[ " ${OFTEN[*]} " != *" ${program##*/} "* ]] || files+=("$program")
	done
	tar "${FORM[@]}" -h --transform "s,^$4,," -rf "$2" "${files[@]}"
	tar "${FORM[@]}" --transform "s,^$4,," -rf "$2" "$4"/usr/lib/*-linux-gnu/*.so.*
}

if [ "$1" = --pack ]; then
	pack "${@:2}"
elif [ "$1" = --pack-for ]; then
	pack_for "${@:2}"
else
	tar -P -xf "$1"
	hash -r
	export LC_ALL=C
	exec "${@:2}"
fi
