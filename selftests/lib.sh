# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # some variables are for test files
#
# lib.sh: what a test file (*.t, a bash script) needs. It prints TAP on stdout,
# and on stderr whatever helps to understand a failure. It begins like this:
#
#	#!/usr/bin/env bash
#	# SPDX-License-Identifier: GPL-2.0-only
#	# description: what is tested, in a line
#	# requires: root kprobes cmd:nft tool:inject
#	. "${BASH_SOURCE%/*}/../lib.sh"
#	plan 3
#
# Where something required is missing, the whole file is skipped. Everything that
# the functions of lib/ start or make is ended or removed on exit.
#
# One more line says on which kernels a whole run needs the file. The runner goes by
# it when it hands out files; a file that is asked for by name runs anyway.
#
#	(none)           on the running kernel and in all guests: what it tests is
#	                 different by kernel or mechanism
#	# kernels: ends  on the running one, in the oldest and in the newest guest
#	# kernels: one   on the running one and in one guest: so it is with kprobes
#	                 once, even when the running kernel has none
#	# kernels: host  on the running one alone: the same code everywhere
#
# When there is only one guest, it is the oldest, the newest and the one.
#
#	# also: trixie-arm64 trixie-rt
#			 in these guests, too, whose kernels are of other kinds (vms.sh):
#			 slow, or much like another one, and so they get few files

set -o pipefail

TOP=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
TOOLS=$TOP/build/e2e	# made of e2e/*.c
TMP=$(mktemp -d "${TMPDIR:-/tmp}/bpfpath-test.XXXXXX")

. "$TOP/selftests/state.sh"
. "$TOP/selftests/head.sh"
. "$TOP/selftests/lib/tap.sh"
. "$TOP/selftests/lib/process.sh"
. "$TOP/selftests/lib/network.sh"
. "$TOP/selftests/lib/trace.sh"
. "$TOP/selftests/lib/output.sh"
. "$TOP/selftests/lib/kernel.sh"

clean_up()
{
	local status=$?

	trap '' INT TERM
	end_background
	end_labs
	rm -rf "$TMP"
	[ "$status" -ne 0 ] || [ "$tap_failed" -eq 0 ] || exit 1
	exit "$status"
}

# build_tool NAME: of e2e/NAME.c, where run.sh has not done it
build_tool()
{
	[[ -x $TOOLS/$1 && ! $TOP/selftests/e2e/$1.c -nt $TOOLS/$1 ]] ||
		make -s -C "$TOP" "build/e2e/$1" >&2
}

# need WORD: one word of the requires: line
need()
{
	case $1 in
	root)	[ "$(id -u)" -eq 0 ] || skip_all "needs root" ;;
	kprobes) has_kprobes || skip_all "kernel $(uname -r) has no kprobes" ;;
	tool:*)	build_tool "${1#tool:}" || skip_all "no compiler for ${1#tool:}.c" ;;
	cmd:*)	type -P "${1#cmd:}" >/dev/null || skip_all "no ${1#cmd:} here" ;;
	*)	echo "unknown word '$1' in requires:" >&2; exit 1 ;;
	esac
}

check_needs()
{
	local word words

	head_words "$0" kernels
	[[ $words =~ ^(ends|one|host|)$ ]] ||
		{ echo "unknown '$words' in kernels:" >&2; exit 1; }
	head_words "$0" also
	for word in $words; do
		[[ $word =~ ^[a-z]+-(arm64|rt)$ ]] ||
			{ echo "unknown '$word' in also:" >&2; exit 1; }
	done
	head_words "$0" requires
	for word in $words; do
		need "$word"
	done
}

trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
check_needs
