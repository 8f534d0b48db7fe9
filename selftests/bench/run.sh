#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# run.sh: what a tracer costs, in a guest whose clock counts instructions;
# usage() has the rest, Documentation/benchmark.md what the numbers mean.

set -eo pipefail

TOP=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
HERE=$TOP/selftests/bench
LIMIT=3000	# seconds for a guest
ALL_CONFIGS=('kprobe' 'kprobe --all' 'multi' 'multi --all' 'multi long'
	'fentry' 'tracepoint' 'pwru' 'bpftrace'
	'kprobe matched' 'multi matched' 'fentry matched' 'multi --all matched'
	'pwru matched')

releases=()
raw=
jobs=		# directory of what guests are given

usage()
{
	cat <<-END
	Usage: run.sh [-r] [-k RELEASE]... [CONFIG...]
	  -k RELEASE  the kernel of a Debian release: bullseye, bookworm,
	              trixie, forky (default: \$RELEASES, or trixie)
	  -r          tab-separated, without ratios and targets
	A CONFIG is a word for -a and other options of bpfpath.sh, such as
	'multi --all'; with 'long' at the end, an expression of 20 terms in
	both directions; with 'matched' at the end, all packets match and are
	followed; or 'pwru', 'pwru matched' or 'bpftrace' (default:
	${ALL_CONFIGS[*]@Q})
	Exit status: 0 done, 1 the benchmark could not run, 2 wrong usage.
	END
}

parse_options()
{
	local opt

	while getopts k:rh opt; do
		case $opt in
		k) releases+=("$OPTARG") ;;
		r) raw=yes ;;
		h) usage; exit 0 ;;
		*) usage >&2; exit 2 ;;
		esac
	done
	configs=("${@:OPTIND}")
}

remove_jobs()
{
	[ -z "$jobs" ] || rm -rf "$jobs"
}

# fetch_tools CONFIG...: tracers of others; notes where they are, or why not
fetch_tools()
{
	local config name

	for config; do
		name=${config%% *}
		[[ $name != pwru && $name != bpftrace ]] || "$HERE/tools.sh" \
			"$name" >"$jobs/$name.root" 2>"$jobs/$name.why" ||
			tail -n 1 "$jobs/$name.why"
	done
}

# run_guest RELEASE CONFIG...: the lines of guest.sh
run_guest()
{
	BPFPATH_JOBS=$jobs \
		"$TOP/scripts/vm.sh" -k "$1" --icount -t "$LIMIT" -m 3072 \
		-w "$jobs" -- \
		"$TOP/selftests/vm-files.sh" "$jobs/files.tar" \
		bash "$HERE/guest.sh" "${@:2}"
}

# show RELEASE TABLE CONFIG...
show()
{
	if [ "$raw" ]; then
		run_guest "$1" "${@:3}"
	else
		run_guest "$1" "${@:3}" |
			awk -f "$HERE/$2.awk" -v release="$1"
	fi
}

# bench RELEASE CONFIG...: each table, of a guest of its own
bench()
{
	local config others=() matched=()

	for config in "${@:2}"; do
		if [[ $config = *matched ]]; then
			matched+=("$config")
		else
			others+=("$config")
		fi
	done
	echo "kernel of $1"
	[ ${#others[@]} = 0 ] || show "$1" table none "${others[@]}"
	[ ${#matched[@]} = 0 ] ||
		show "$1" matched 'none matched' "${matched[@]}"
}

main()
{
	local release

	parse_options "$@"
	[ ${#releases[@]} -gt 0 ] || read -ra releases <<<"${RELEASES:-trixie}"
	[ ${#configs[@]} -gt 0 ] || configs=("${ALL_CONFIGS[@]}")
	make -s -C "$TOP" all build/bench/udp_cost build/bench/udp_paced >&2
	trap remove_jobs EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	jobs=$(mktemp -d)
	"$TOP/selftests/vm-files.sh" --pack "$jobs/files.tar"
	(cd /usr/include && tar -cf "$jobs/include.tar" ./*.h linux pcap \
		./*-linux-*/asm)
	fetch_tools "${configs[@]}"
	for release in "${releases[@]}"; do
		bench "$release" "${configs[@]}"
	done
}

main "$@"
