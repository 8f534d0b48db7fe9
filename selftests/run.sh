#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# run.sh: installs what the tests need, builds, and runs them; usage() has the
# rest. The results are one TAP stream (stream.sh).

set -eo pipefail

TOP=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
SELF=$TOP/selftests/run.sh
ALL_GROUPS=(unit lint cli e2e vm)
ALL_RELEASES=(bullseye bookworm trixie forky)
CACHE=/var/cache/bpfpath	# objects: a guest adds those for its kernel
NOBODY=65534
BUILD_LIMIT=1800	# seconds for packages, and for a build
VM_LIMIT=1800		# seconds for all tests in a guest,
VM_FILE_LIMIT=600	# for one of them

build=yes
vm=yes
releases=()
things=()

. "$TOP/selftests/state.sh"
. "$TOP/selftests/stream.sh"

usage()
{
	cat <<END
Usage: run.sh [options] [GROUP|FILE]...
  -k            keep all logs (in $LOGS), not only those of failures
  -n            nothing new: use what is installed and built already
  -t SECONDS    end a test program after that time (default $limit)
  --no-vm       leave out the group vm
  --vm RELEASE  the group vm on this release's kernel; may be repeated
                (default: ${ALL_RELEASES[*]})
  -h            this text
Groups (default: all):
  unit  programs that need no root, built with sanitizers
  lint  the form of scripts and sources
  cli   selftests/cli/*.t: options, messages, exit statuses
  e2e   selftests/e2e/*.t: traces of packets on the running kernel
  vm    the same on stock Debian kernels under QEMU
A FILE is a *.t, or a program that prints TAP.
Exit status: 0 when something passed and nothing failed, 2 wrong usage, else 1.
END
}

bad_usage()
{
	printf 'run.sh: %s\n' "$*" >&2
	usage >&2
	exit 2
}

# quit STATUS: interrupted: what runs now ends too
quit()
{
	trap '' INT TERM
	signal_strays TERM
	wait_for_strays || signal_strays KILL
	exit "$1"
}

# limited SECONDS COMMAND...: with another time limit than -t
limited()
{
	local limit=$1

	"${@:2}"
}

# ---------------------------------------------------------------- preparation

# prepare: 1 when the tests cannot be run
prepare()
{
	limited "$BUILD_LIMIT" run_check "packages" \
		"$TOP/scripts/setup.sh" test
	[ "$failed" -eq 0 ] || return
	limited "$BUILD_LIMIT" run_check "build" \
		make -C "$TOP" -j "$(nproc)" all check-unit
	[ "$failed" -eq 0 ]
}

# ---------------------------------------------------------------- groups

# run_unit PROGRAM: as nobody, where nobody can get at it
run_unit()
{
	local as=()

	if [ "$(id -u)" -eq 0 ]; then
		as=(setpriv "--reuid=$NOBODY" "--regid=$NOBODY" --clear-groups
			--)
		"${as[@]}" test -x "$1" || as=()
	fi
	run_program "$(basename "$1")" "${as[@]}" "$1"
}

run_units()
{
	local program

	for program in "$TOP"/build/tests/test_*; do
		[[ ! -f $program || ! -x $program ]] || run_unit "$program"
	done
}

# run_files DIRECTORY: its test scripts
run_files()
{
	local file

	for file in "$TOP/selftests/$1"/*.t; do
		[ ! -e "$file" ] || run_file "$file"
	done
}

# below_masked DIRECTORY: a guest has its own /tmp and /run
below_masked()
{
	[[ $1 == /tmp/* || $1 == /run/* || $1 == /dev/shm/* ]]
}

# run_vm RELEASE: the e2e group in a guest. A kernel that cannot be had (exit
# status 4) is a skip; the last line of the log says why.
run_vm()
{
	local options=(-t "$VM_LIMIT" -w "$CACHE")

	below_masked "$TOP" && options+=(-w "$TOP")
	begin "$1"
	collect "$TOP/scripts/vm.sh" -k "$1" "${options[@]}" -- \
		bash "$SELF" -n -t "$VM_FILE_LIMIT" e2e
	if [ "$status" -eq 4 ] && [ "$seen" -eq 0 ]; then
		skip "$1" "$(tail -n 1 "$log")"
	else
		judge
	fi
	finish
}

run_vms()
{
	local release

	install -d -m 0700 "$CACHE"
	for release in "${releases[@]}"; do
		limited $((VM_LIMIT + 60)) run_vm "$release"
	done
}

run_thing()
{
	case $1 in
	unit)	run_units ;;
	lint)	run_check lint make -C "$TOP" lint ;;
	cli)	run_files cli ;;
	e2e)	run_files e2e ;;
	vm)	[ -z "$vm" ] || run_vms ;;
	*.t)	run_file "$1" ;;
	*)	run_unit "$1" ;;
	esac
}

# ---------------------------------------------------------------- main

parse_options()
{
	while [ $# -gt 0 ]; do
		case $1 in
		-k)	keep_logs=yes ;;
		-n)	build= ;;
		-t)	[[ $2 =~ ^[1-9][0-9]*$ ]] ||
				bad_usage "-t: not a number: '$2'"
			limit=$2; shift ;;
		--no-vm) vm= ;;
		--vm)	[[ " ${ALL_RELEASES[*]} " == *" $2 "* ]] ||
				bad_usage "--vm: unknown release '$2'"
			releases+=("$2"); shift ;;
		-h | --help) usage; exit 0 ;;
		-*)	bad_usage "unknown option '$1'" ;;
		*)	[[ " ${ALL_GROUPS[*]} " == *" $1 "* || -f $1 ]] ||
				bad_usage "no such group or file: '$1'"
			things+=("$1") ;;
		esac
		shift
	done
}

main()
{
	local thing

	parse_options "$@"
	[ "${#things[@]}" -gt 0 ] || things=("${ALL_GROUPS[@]}")
	[ "${#releases[@]}" -gt 0 ] || releases=("${ALL_RELEASES[@]}")
	trap 'quit 130' INT
	trap 'quit 143' TERM
	echo "TAP version 13"
	echo "# kernel $(uname -r)"
	if [ -z "$build" ] || prepare; then
		for thing in "${things[@]}"; do
			run_thing "$thing"
		done
	fi
	summary
}

main "$@"
