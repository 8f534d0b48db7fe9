#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# propose.sh: proposes changes to the list of functions for a kernel; usage()
# has the rest.
#
# FIN is 0 but for names that say that the packet itself is freed: those that begin with
# __kfree_skb, __napi_kfree_skb, kfree_skbmem or kfree_skb_partial, or that have
# free_stolen or attempt_defer_free in them. A function that only gives up a reference,
# such as kfree_skb(), is none of them. The name does not say whether the packet was
# delivered or dropped: FIN 1 is a guess, look at it.

set -eo pipefail

unset CDPATH	# with it, cd prints
ROOT=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
BPFLOAD=$ROOT/build/bpfload

# shellcheck source=scripts/table.sh
. "$ROOT/scripts/table.sh"

list=$ROOT/kp_funcs.list
syms=/proc/kallsyms
btfs=/sys/kernel/btf
traceable=
records=

usage()
{
	cat <<'END'
Usage: propose.sh [options] [RECORDS]

Compares the list of functions with a kernel and prints
  +NAME FIN [ARG]  functions that take a packet and have no line
  -NAME            lines that this kernel has nothing of
With RECORDS, a file that -W has saved of a trace with --all, only functions
that a packet passed in it are proposed.

  -f FILE      the list (default: kp_funcs.list)
  -k KALLSYMS  the kernel's symbols (default: /proc/kallsyms)
  -b BTFDIR    its types (default: /sys/kernel/btf)
  -d DIR       where its available_filter_functions is (default: tracefs, for
               the running kernel); without it functions that cannot be traced
               are proposed, too
  -h           this text
END
}

die()
{
	printf 'propose.sh: %s\n' "$*" >&2
	exit 1
}

wrong()
{
	printf 'propose.sh: %s\n' "$*" >&2
	usage >&2
	exit 2
}

parse_options()
{
	local option

	while getopts :f:k:b:d:h option; do
		case $option in
		f) list=$OPTARG ;;
		k) syms=$OPTARG ;;
		b) btfs=$OPTARG ;;
		d) traceable=$OPTARG ;;
		h) usage; exit 0 ;;
		*) wrong "-$OPTARG: no such option, or its value is missing" ;;
		esac
	done
	shift $((OPTIND - 1))
	[ $# -le 1 ] || wrong "'$2' is one word too many"
	records=${1:-}
}

# find_to FILE ROWS OPTION...: of what "bpfload find" says of the kernel, name and arguments
find_to()
{
	"$BPFLOAD" find --kallsyms "$syms" --btf-dir "$btfs" "${@:3}" |
		rows "$2" name arg >"$1" ||
		die "the kernel's functions cannot be found"
}

# propose: compares; awk gets each file behind a word that says what the file has
propose()
{
	[ -z "$records" ] || rows type=step func <"$records" >"$dir/passed" ||
		die "$records: cannot be read"
	find_to "$dir/tracepoints" name!=- --tracepoints
	find_to "$dir/functions" status=yes ${traceable:+--limits "$traceable"}
	awk -v records="$records" '
		function fin(name) {
			return name ~ /^(__(napi_)?kfree_skb|kfree_skb(mem|_partial))/ &&
				name !~ /_list|_reason/ ||
				name ~ /free_stolen|attempt_defer_free/
		}
		# The packet, where it is not plainly the first argument.
		function arg(positions) {
			return positions ~ /^1$|^[1-8],/ ? "" : " " positions
		}
		what == "list" && !/^[ \t]*(#|$)/ {
			if (!sub(/^!/, "", $1))
				lines[++n] = $1
			sub(/^.*:/, "", $1)
			listed[$1] = 1
		}
		what == "symbols" && $2 ~ /[tTwW]/ {
			here[$3] = 1; sub(/\..*/, "", $3); here[$3] = 1
		}
		what == "passed" { seen[$1] = 1 }
		what == "tracepoints" { tracepoint[$1] = 1 }
		what == "functions" && !($1 in listed) &&
				(!records || $1 in seen) {
			print "+" $1, fin($1) arg($2)
		}
		END {
			for (i = 1; i <= n; i++) {
				name = lines[i]
				is_tracepoint = sub(/^.*:/, "", name)
				found = is_tracepoint ? name in tracepoint : name in here
				if (!found && name !~ /[*?]|\[/)
					print "-" lines[i]
			}
		}' what=list "$list" what=symbols "$syms" \
		what=passed "$dir/passed" what=tracepoints "$dir/tracepoints" \
		what=functions "$dir/functions"
}

parse_options "$@"
for file in "$list" "$syms" "$btfs/vmlinux" ${records:+"$records"}; do
	[ -r "$file" ] || die "$file: cannot be read"
done
[ "$traceable$syms" != /proc/kallsyms ] || traceable=/sys/kernel/tracing
[ -x "$BPFLOAD" ] || make -s -C "$ROOT" >&2 || die "bpfpath does not build"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
: >"$dir/passed"
propose
