#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# run.sh: installs what the tests need, builds, and runs them; usage() has the
# rest. The results are one TAP stream (stream.sh); comment lines in it tell what
# took how long (times.sh).

set -eo pipefail

TOP=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
SELF=$TOP/selftests/run.sh
ALL_GROUPS=(unit lint cli filter bpf e2e vm)
NOBODY=65534
BUILD_LIMIT=1800	# seconds for packages, and for a build
LOGS=${BPFPATH_LOGS:-$TOP/build/logs}

build=yes
list=		# only what would run
vm=yes
changed=	# --changed, and since when
since=
things=()	# groups and files that were asked for
steps=()	# what is to run here: what it is, and its file
there=		# something is to run in guests

. "$TOP/selftests/head.sh"
. "$TOP/selftests/alone.sh"
. "$TOP/selftests/times.sh"
. "$TOP/selftests/progress.sh"
. "$TOP/selftests/stream.sh"
. "$TOP/selftests/state.sh"
. "$TOP/selftests/vms.sh"
. "$TOP/selftests/changed.sh"

usage()
{
	cat <<END
Usage: run.sh [options] [GROUP|FILE]...
  -l            only say what would run, and where
  -k            keep all logs (in $LOGS), not only those of failures
  -n            nothing new: use what is installed and built already
  -t SECONDS    end a test program after that time (default $limit)
  --no-vm       leave out the group vm
  --vm RELEASE  FILEs run in a guest with this release's kernel, not here, and
                the group vm in such guests alone; may be repeated
                (${ALL_RELEASES[*]}; with another kind of kernel:
                ${ALL_KINDS[*]})
  --changed[=COMMIT]
                what a change since the commit (default HEAD) can affect: with
                --vm in that guest, but for what is the same on all kernels
  -h            this text
Groups (default: all):
  unit  programs that need no root, built with sanitizers
  lint  the form of scripts and sources
  cli   selftests/cli/*.t: options, messages, exit statuses
  filter  selftests/filter/*.t: filters against libpcap, in this kernel
  bpf   selftests/bpf/*.t: programs of bpf/ one by one, in this kernel
  e2e   selftests/e2e/*.t: traces of packets on the running kernel
  vm    *.t on stock Debian kernels under QEMU, but for those that are for the
        running kernel alone (selftests/lib.sh)
A FILE is a *.t, or a program that prints TAP; or the name of a test, with or
without its group: e2e/flow, flow.t, flow (what several groups have runs in each),
test_json. One file in one guest: run.sh --vm trixie flow
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
	hide_progress
	tag="$$-.*"
	signal_strays TERM
	wait_for_strays || signal_strays KILL
	stop_vms
	end_alone
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
	todo=$((todo + 2))
	limited "$BUILD_LIMIT" run_check "packages" \
		"$TOP/scripts/setup.sh" test
	[ "$failed" -eq 0 ] || return
	limited "$BUILD_LIMIT" run_check "build" \
		make -C "$TOP" -j "$(nproc)" all unit-programs check-tools
	[ "$failed" -eq 0 ]
}

# set_logs: where one can write: not in root's directory as somebody else
set_logs()
{
	mkdir -p "$LOGS" 2>/dev/null && [ -w "$LOGS" ] ||
		LOGS=$(mktemp -d "${TMPDIR:-/tmp}/bpfpath-logs.XXXXXX")
}

# ---------------------------------------------------------------- what runs

# is_group WORD
is_group()
{
	[[ " ${ALL_GROUPS[*]} " == *" $1 "* ]]
}

# find_tests NAME: the programs and scripts of tests, a line each: NAME is one
# without its group or with it, a directory below selftests, or has globs
find_tests()
{
	local name=${1%.t} file place

	for file in "$TOP"/selftests/{unit/*/test_*.c,cli/*.t,filter/*.t,bpf/*.t,e2e/*.t}; do
		place=${file#"$TOP/selftests/"}
		place=${place%.*}
		# shellcheck disable=SC2053 # globs
		[[ -e $file && ($place == $name || $place == $name/* ||
			${place##*/} == $name) ]] || continue
		[[ $file == *.t ]] || file=$TOP/build/tests/${place##*/}
		echo "$file"
	done
}

# find_thing WORD: what it stands for, a line each; nothing when for nothing
find_thing()
{
	if is_group "$1"; then
		echo "$1"
	elif [ -f "$1" ]; then
		realpath "$1"
	else
		find_tests "$1"
	fi
}

# want WORD: what it stands for is to run; 1 when that is nothing
want()
{
	local found

	found=$(find_thing "$1")
	[ "$found" ] || return
	mapfile -t -O "${#things[@]}" things <<<"$found"
}

# runs_there FILE: in guests, not here
runs_there()
{
	[[ ${#releases[@]} -gt 0 && $1 != "$TOP"/build/tests/* ]] || return
	[ -z "$changed" ] || is_for "ends one" "$1"
}

# add_file FILE: to what runs here or in guests
add_file()
{
	if runs_there "$1"; then
		guest_files+=("$1")
	elif [[ $1 == *.t ]]; then
		steps+=("file $1")
	else
		steps+=("unit $1")
	fi
}

# add_steps THING
add_steps()
{
	local file

	case $1 in
	lint)	steps+=(lint) ;;
	vm)	all_there=$vm ;;
	unit)	while read -r file; do
			steps+=("unit $file")
		done < <(find_tests "$1/*") ;;
	cli | filter | bpf | e2e)
		while read -r file; do
			steps+=("file $file")
		done < <(find_tests "$1/*") ;;
	*)	add_file "$1" ;;
	esac
}

# drop_doubles: a file whose group runs, too, need not run twice
drop_doubles()
{
	mapfile -t steps < <(printf '%s\n' "${steps[@]}" | grep . |
		awk '!seen[$0]++')
}

# choose: what runs here and there, of what was asked for
choose()
{
	local thing

	if [ "$changed" ]; then
		tests_of_all < <(changed_files "$since")
		for thing in "${picked[@]}"; do
			want "$thing" || echo "# no such test: $thing"
		done
	elif [ "${#things[@]}" -eq 0 ]; then
		things=("${ALL_GROUPS[@]}")
	fi
	for thing in "${things[@]}"; do
		add_steps "$thing"
	done
	[ -z "$changed" ] || drop_doubles
	todo=${#steps[@]}
	[[ -z $all_there && ${#guest_files[@]} -eq 0 ]] || there=yes
	[ "${#releases[@]}" -gt 0 ] ||
		releases=("${ALL_RELEASES[@]}" "${ALL_KINDS[@]}")
}

# list_choice: that: "KERNEL NAME", a line each
list_choice()
{
	local step i file files

	for step in "${steps[@]}"; do
		echo "$kernel $(place_of "${step#* }")"
	done
	[ "$there" ] || return 0
	for i in "${!releases[@]}"; do
		files_in "$i"
		for file in "${files[@]}"; do
			echo "${releases[i]} $(place_of "$file")"
		done
	done
}

# run_unit PROGRAM: as nobody, where nobody can get at it
run_unit()
{
	local as=()

	if [ "$EUID" -eq 0 ]; then
		as=(setpriv "--reuid=$NOBODY" "--regid=$NOBODY" --clear-groups
			--)
		"${as[@]}" test -x "$1" || as=()
	fi
	run_program "${1##*/}" "$(place_of "$1")" "${as[@]}" env -C "$TOP" "$1"
}

run_step()
{
	case $1 in
	lint)	limited "$BUILD_LIMIT" run_check lint make -C "$TOP" lint ;;
	unit*)	run_unit "${1#* }" ;;
	file*)	run_file "${1#* }" ;;
	esac
}

# ---------------------------------------------------------------- main

add_release()
{
	[[ " ${ALL_RELEASES[*]} ${ALL_KINDS[*]} " == *" $1 "* ]] ||
		bad_usage "--vm: unknown release '$1'"
	[[ " ${releases[*]} " == *" $1 "* ]] || releases+=("$1")
}

# set_changed [COMMIT]
set_changed()
{
	changed=yes
	since=${1:-HEAD}
	git -C "$TOP" rev-parse -q --verify "$since^{commit}" >/dev/null ||
		bad_usage "--changed: no such commit: '$since'"
}

parse_options()
{
	while [ $# -gt 0 ]; do
		case $1 in
		-l)	list=yes ;;
		-k)	keep_logs=yes ;;
		-n)	build= ;;
		-t)	[[ $2 =~ ^[1-9][0-9]*$ ]] ||
				bad_usage "-t: not a number: '$2'"
			limit=$2; shift ;;
		--no-vm) vm= ;;
		--vm)	add_release "$2"; shift ;;
		--changed) set_changed ;;
		--changed=*) set_changed "${1#*=}" ;;
		-h | --help) usage; exit 0 ;;
		-*)	bad_usage "unknown option '$1'" ;;
		*)	want "$1" || bad_usage "no such group or file: '$1'" ;;
		esac
		shift
	done
	[[ -z $changed || ${#things[@]} -eq 0 ]] ||
		bad_usage "--changed says itself what runs, not '${things[0]}'"
	[[ ${#releases[@]} -eq 0 || ${#things[@]} -eq 0 ||
			" ${things[*]}" == *" vm"* || "${things[*]}" == */* ]] ||
		bad_usage "--vm: neither the group vm nor a FILE to run there"
}

# run_steps: the steps, and the end of the trace that labs share (e2e/shared.sh)
run_steps()
{
	local step

	BPFPATH_SHARED=$(mktemp -d)
	export BPFPATH_SHARED
	for step in "${steps[@]}"; do
		run_step "$step"
	done
	[ ! -e "$BPFPATH_SHARED/pid" ] || run_program shared e2e/shared_end.sh \
		"${ALONE[@]}" bash "$TOP/selftests/e2e/shared_end.sh"
	rm -rf "$BPFPATH_SHARED"
}

# run_all: here, and in guests
run_all()
{
	[ -z "$there" ] || start_vms
	[[ "${steps[*]}" != *"file "* ]] || begin_alone
	run_steps
	[ -z "$there" ] || follow_vms
	hide_progress
	[ "$BPFPATH_GUEST" ] || show_times
	stop_vms
	end_alone
}

main()
{
	parse_options "$@"
	set_logs
	trap 'quit 130' INT
	trap 'quit 143' TERM
	echo "TAP version 13"
	echo "# kernel $(uname -r)"
	[ -z "$BPFPATH_GUEST" ] || note_boot
	choose
	if [ "$list" ]; then
		list_choice
		exit 0
	fi
	if [[ $changed && ${#things[@]} -eq 0 ]]; then
		summary || exit 0
	fi
	if [ -z "$build" ] || prepare; then
		run_all
	fi
	summary
}

main "$@"
