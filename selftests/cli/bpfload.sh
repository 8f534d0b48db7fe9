# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2153,SC2154 # variables of lib.sh and for tests
#
# bpfload.sh: for tests of build/bpfload that load objects, after lib.sh: a directory
# for pins, DIR, constants of this kernel, and objects/*.c.

BPFLOAD=$TOP/build/bpfload
SOURCES=$TOP/selftests/cli/objects
CLANG=$(type -P clang)
OBJECTS=$TOP/build/bpf/$(uname -m)
DIR=/sys/fs/bpf/bpfpath-test$$
CONSTANTS=$TMP/constants
FLAGS=(-O2 -g -target bpf -std=gnu11 -I "$TOP/bpf" -I "$TMP"
	-idirafter "/usr/include/$(uname -m)-linux-gnu")

remove_pins()
{
	local status=$?

	rm -rf "$DIR"
	return "$status"
}

trap 'remove_pins; clean_up' EXIT
mount_quietly
mkdir "$DIR"
"$BPFLOAD" list --attach tracepoint --quiet --functions "$TOP/kp_funcs.list" \
	--constants "$CONSTANTS" >/dev/null
"$BPFLOAD" filter icmp 10.0.0.1 >"$TMP/filter"

# run ARG...: bpfload; sets STATUS, out, err and pins, which it lists
run()
{
	capture "$BPFLOAD" "$@" </dev/null
	pins=$(ls "$DIR")
}

# compile NAME [OUTPUT FLAG...]: of the bad objects; prints its path
compile()
{
	local object=$TMP/${2:-$1}.o

	"$CLANG" "${FLAGS[@]}" "${@:3}" -c -o "$object" "$SOURCES/$1.c"
	echo "$object"
}

# pin_ours PROGRAM READ: one of the tool's own objects, in that run
pin_ours()
{
	run pin --constants "$CONSTANTS" --set "read_$2=1" --filter "$TMP/filter" "$DIR" \
		"$OBJECTS/$1.o" x
}

# refuses MESSAGE WHAT ARG...: status 1, that message, nothing on stdout and no
# pin that was not there before
refuses()
{
	local before

	before=$(ls "$DIR")
	run "${@:3}"
	is "$STATUS|$err|$out|$pins" "1|bpfpath: $1||$before" "$2"
}
