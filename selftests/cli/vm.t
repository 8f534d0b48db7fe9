#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: vm.sh and vm-kernel.sh: options, and a small guest
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 23

VM=$TOP/scripts/vm.sh
KEEP=/var/cache/bpfpath/kernels

# run COMMAND...: sets STATUS, and OUT and ERR to what it prints
run()
{
	STATUS=0
	OUT=$("$@" 2>"$TMP/err" </dev/null) || STATUS=$?
	ERR=$(<"$TMP/err")
	diag "$(head -n 5 "$TMP/err")"
}

# wrong MESSAGE OPTION...: a usage error
wrong()
{
	run "$VM" "${@:2}"
	is "$STATUS:${ERR%%$'\n'*}" "2:vm.sh: $1" "${*:2}"
}

wrong "unknown option '-z'" -z
wrong "unknown option '--turbo'" --turbo
wrong "option '-k' needs a value" -k
wrong "-t: not a number: 'soon'" -t soon
wrong "-m: not a number: '0'" -m 0
wrong "-s: not a number: '-1'" -s -1
wrong "-w: no such directory: '$TMP/none'" -w "$TMP/none"
wrong "which kernel? (-k)" -- true
wrong "which command?" -k trixie
wrong "-l: which kernel?" -l
run "$VM" -h
like "$STATUS:$OUT" "^0:Usage: vm.sh" "-h"

run "$TOP/scripts/vm-kernel.sh" ../../etc
is "$STATUS" 2 "a kernel's name is no path"
run env BPFPATH_KERNELS="$TMP/kernels" "$VM" -k 1.2.3 true
is "$STATUS" 4 "a version that is not kept is a skip"
like "$ERR" "kernel '1.2.3': not kept" "and says so"
run env BPFPATH_KERNELS="$TMP/kernels" "$VM" -k trixie-potato true
is "$STATUS" 4 "a kind of kernel that Debian has not is a skip"

# The guest: any kernel for this machine that is here already.
kernel=
for kernel in "$KEEP"/[0-9]*[0-9]-"$(dpkg --print-architecture)"; do
	kernel=${kernel##*/}
done
if [ "$(id -u)" -ne 0 ] || [ ! -d "$KEEP/$kernel" ]; then
	for what in {16..23}; do
		skip "guest" "no kernel in $KEEP"
	done
	exit
fi

mkdir "$TMP/a,b c"
# shellcheck disable=SC2016 # the guest's shell expands it
run env COLOUR=blue "$VM" -k "$kernel" -w "$TMP/a,b c" bash -c '
	uname -r; pwd; echo "$0 $COLOUR"; echo talk >/dev/stderr
	echo here >"$1/file" && touch /etc/written && exit 7' \
	'two  words' "$TMP/a,b c"
is "$STATUS" 7 "the exit status of the command"
is "$OUT" "$kernel"$'\n'"$PWD"$'\n'"two  words blue" \
	"kernel, directory, arguments, environment"
is "$ERR" "talk" "stderr stays apart, and without the console"
is "$(cat "$TMP/a,b c/file")" "here" "what it writes in a shared directory"
ok "and nowhere else" test ! -e /etc/written

run "$VM" -k "$kernel" -t 1 true
is "$STATUS" 124 "the time is over"

# has_begun: QEMU has been started, or it ends without
has_begun()
{
	compgen -G "$TMP/vm/*/qemu" >/dev/null || is_gone "$PID"
}

mkdir "$TMP/vm"
in_background vm env TMPDIR="$TMP/vm" "$VM" -k "$kernel" sleep 60
wait_for "$PATIENCE" has_begun
kill "$PID"
STATUS=0
wait_end "$PID" || STATUS=$?
is "$STATUS" 143 "SIGTERM ends it"
is "$(ls "$TMP/vm")" "" "and nothing stays"
