# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # some are for test files
#
# objects.sh: programs of bpf/ and what they are loaded with, for the test files here,
# which source it. Such a file runs on the running kernel alone: it asks of the
# kernel no more than BPF_PROG_TEST_RUN. Sets tmp, which goes at the end.
#
# What a test program is given for each of its programs is a line (run.h):
#
#	PATH[,NAME=NUMBER][,filter=FILE][,device=NETNS/IFINDEX]...

TOP=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
BPFLOAD=$TOP/build/bpfload
OBJECTS=$TOP/build/bpf/$(uname -m)
BUILT=build/bpf-tests
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# skip_all WHY
skip_all()
{
	echo "1..0 # SKIP $*"
	exit 0
}

[ "$(id -u)" = 0 ] || skip_all "needs root"

# What a trace asks for: a way of reading, IPv4's identification, so many bytes
# (RUN_BYTES), returns
run=	# constants, a comma before each
filter=	# file

# objects_for READ [CONSTANT...]: from now on programs are for these, and any filter
objects_for()
{
	run=$(printf ',%s' "read_$1=1" with_id=1 with_returns=1 "${@:2}")
	[ "$1" != ring ] || run+=,with_bytes=64
	filter_for --expression icmp
}

# filter_for ARG...: from now on they have the filter of "bpfload filter ARG..."
filter_for()
{
	filter=$(mktemp "$tmp/filter.XXXXXX")
	"$BPFLOAD" filter "$@" >"$filter"
}

# object HOW NUM [NAME=VALUE...]: the line for such a program, with constants kp_NAME of
# bpf/constants.def; its packet is argument 1 unless arg says otherwise
object()
{
	echo "$OBJECTS/$1.o$(printf ',kp_%s' "num=$2" arg=1 "${@:3}")$run${filter:+,filter=$filter}"
}

# classifier ingress|egress: the line for one
classifier()
{
	local egress=0

	[ "$1" = ingress ] || egress=1
	echo "$OBJECTS/classifier.o,egress=$egress$run,filter=$filter"
}

# add_program NAME [MORE]: adds to "objects" the line for bpf/NAME.c, with MORE behind it
add_program()
{
	objects+=("$OBJECTS/$1.o$run,filter=$filter$2")
}
