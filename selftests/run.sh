#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# run.sh: installs what the tests need, builds, and runs them; usage() has the
# rest. The results are one TAP stream (stream.sh).

set -eo pipefail

TOP=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
SELF=$TOP/selftests/run.sh
ALL_GROUPS=(unit lint cli filter e2e vm)
ALL_RELEASES=(bullseye bookworm trixie forky)	# by their age
CACHE=/var/cache/bpfpath	# objects: a guest adds those for its kernel
NOBODY=65534
BUILD_LIMIT=1800	# seconds for packages, and for a build
VM_LIMIT=4500		# seconds for all tests in a guest,
VM_FILE_LIMIT=900	# for one of them
VM_NICE=5		# what is tested here meanwhile comes first

build=yes
vm=yes
releases=()
things=()
jobs=		# for vm-clang.sh, and its process
server=
vm_pids=()	# of vm.sh, by the index of the release

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
  filter  selftests/filter/*.t: filters against libpcap, in this kernel
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

# quit STATUS: interrupted: all that runs now ends too
quit()
{
	local IFS=$' \t\n'	# the interrupted command may have its own

	trap '' INT TERM
	tag="$$-.*"
	signal_strays TERM
	wait_for_strays || signal_strays KILL
	stop_server
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
		make -C "$TOP" -j "$(nproc)" all check-unit check-tools
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

# vm_kernels INDEX: which words behind "kernels:" (lib.sh) name that release
vm_kernels()
{
	local last=$((${#releases[@]} - 1))

	[[ $1 != 0 && $1 != "$last" ]] || echo ends
	[ "$1" -ne $((last > 1 ? last - 1 : last)) ] || echo one
}

# start_vm INDEX SLOT: the e2e group in a guest of that release, when the slot is
# free; sets vm_pids
start_vm()
{
	local name=${releases[$1]}
	local options=(-t "$VM_LIMIT" -w "$CACHE" -w "$jobs")

	below_masked "$TOP" && options+=(-w "$TOP")
	: >"$LOGS/$name.tap"
	(
		flock 9
		BPFPATH_TEST=$$-vm BPFPATH_JOBS=$jobs PATIENCE=240 \
			BPFPATH_CHOSEN=$(vm_kernels "$1") CLANG=$TOP/selftests/vm-clang.sh \
			PATH=$TOP/selftests/guest:$PATH exec nice -n "$VM_NICE" \
			"$TOP/scripts/vm.sh" -k "$name" "${options[@]}" -- \
			"$TOP/selftests/vm-files.sh" "$jobs/files.tar" \
			bash "$SELF" -n -t "$VM_FILE_LIMIT" e2e
	) 9>"$LOGS/slot.$2" >"$LOGS/$name.tap" 2>"$LOGS/$name.err" &
	vm_pids[$1]=$!
}

# follow_vm RELEASE PID: its results, as they come. A kernel that cannot be had
# (exit status 4) is a skip; the last thing said tells why.
follow_vm()
{
	begin "$1"
	collect tail -n +1 -s 0.5 -f --pid="$2" "$LOGS/$1.tap"
	status=0
	wait "$2" || status=$?
	cat "$LOGS/$1.err" >>"$log"
	if [ "$status" -eq 4 ] && [ "$seen" -eq 0 ]; then
		skip "$1" "$(tail -n 1 "$log")"
	else
		judge
	fi
	finish
	rm "$LOGS/$1.tap" "$LOGS/$1.err"
}

# vm_order: the indices of the releases in the order in which they start: those
# that have the most to do come first (vm_kernels)
vm_order()
{
	echo 0
	seq $((${#releases[@]} - 1)) -1 1
}

# start_vms: the guests, beside all else that is tested. Each waits for something a
# third of its time, so there may be more of them at a time than CPUs
start_vms()
{
	local i turn=0 project=() slots

	install -d -m 0700 "$CACHE"
	mkdir -p "$LOGS"
	jobs=$(mktemp -d)
	below_masked "$TOP" || project=("$TOP")
	"$TOP/selftests/vm-files.sh" --pack "$jobs/files.tar" "${project[@]}"
	"$TOP/selftests/vm-clang.sh" --serve "$jobs" &
	server=$!
	slots=$((($(nproc) * 3 + 1) / 2))
	for i in $(vm_order); do
		start_vm "$i" $((turn++ % slots))
	done
}

# follow_vms: their results, one after the other
follow_vms()
{
	local i

	for i in "${!releases[@]}"; do
		limited $((VM_LIMIT * ${#releases[@]})) \
			follow_vm "${releases[i]}" "${vm_pids[i]}"
	done
	stop_server
}

stop_server()
{
	[ -z "$server" ] || kill "$server" 2>/dev/null || true
	[ -z "$jobs" ] || rm -rf "$jobs"
	rm -f "$LOGS"/slot.*
}

run_thing()
{
	case $1 in
	unit)	run_units ;;
	lint)	run_check lint make -C "$TOP" lint ;;
	cli)	run_files cli ;;
	filter)	run_files filter ;;
	e2e)	run_files e2e ;;
	vm)	[ -z "$vm" ] || follow_vms ;;
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
		[[ " ${things[*]} " != *" vm "* || -z $vm ]] || start_vms
		for thing in "${things[@]}"; do
			run_thing "$thing"
		done
	fi
	summary
}

main "$@"
