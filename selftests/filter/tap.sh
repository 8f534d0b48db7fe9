# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# tap.sh: what the test files here share; sourced.

TOP=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
FILTER=$TOP/build/filter
OBJECTS=("$FILTER/skb.o" "$FILTER/output.o" "$FILTER/receive.o")

# build PROGRAM...: those of build/filter, and the objects that they load
build()
{
	make -s -C "$TOP" "${@/#/build/filter/}" "${OBJECTS[@]#"$TOP"/}"
}

# as_one [FILE...]: the results of several programs, which all begin with 1, as those
# of one
as_one()
{
	awk '
	sub(/^not ok [0-9]+/, "not ok " n + 1) || sub(/^ok [0-9]+/, "ok " n + 1) { n++ }
	{ print }
	END { print "1.." n }' "$@"
}
