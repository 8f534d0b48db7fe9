#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# vm-clang.sh: a guest's compiler runs on the host, where it is ten times as
# fast as under emulation. Both see the sources under the same names, and the
# guest's objects lie in a directory that both write to.
#
#	vm-clang.sh ARGUMENT...          in the guest: clang, by the host's hand
#	vm-clang.sh --serve DIR          on the host: until the parent ends
#
# A job is a directory below DIR (BPFPATH_JOBS in the guest). The guest puts
# "stdin" and "arguments" there, working directory first, each ended by a NUL;
# the host answers by "stdout", "stderr" and at last "status". How long each
# job took, in milliseconds, is a line of DIR/compiles.

set -eo pipefail

POLL=0.05	# seconds

ask()
{
	local job status

	job=$(mktemp -d "$BPFPATH_JOBS/job.XXXXXX")
	cat >"$job/stdin"
	printf '%s\0' "$PWD" "$@" >"$job/new"
	mv "$job/new" "$job/arguments"
	until [ -e "$job/status" ]; do
		sleep "$POLL"
	done
	cat "$job/stdout"
	cat "$job/stderr" >&2
	read -r status <"$job/status"
	rm -r "$job"
	return "$status"
}

answer()
{
	local job=$1 status=0 arguments began=${EPOCHREALTIME/[.,]/}

	mapfile -t -d '' arguments <"$job/taken"
	cd "${arguments[0]}"
	"${arguments[@]:1}" <"$job/stdin" >"$job/stdout" 2>"$job/stderr" ||
		status=$?
	echo $(((${EPOCHREALTIME/[.,]/} - began) / 1000)) >>"${job%/*}/compiles"
	echo "$status" >"$job/done"
	mv "$job/done" "$job/status"
}

serve()
{
	local dir=$1 file parent=$PPID

	while kill -0 "$parent" 2>/dev/null; do
		for file in "$dir"/job.*/arguments; do
			[ -e "$file" ] || continue
			mv "$file" "${file%/*}/taken"
			answer "${file%/*}" &
		done
		sleep "$POLL"
	done
}

case $1 in
--serve) serve "$2" ;;
*) ask clang "$@" </dev/null ;;
esac
