# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2153,SC2154 # variables of lib.sh and for tests
#
# pathreport.sh: for tests of build/pathreport, after lib.sh; they run below the top of
# the tree, and may set OPTIONS.

cd "$TOP" || exit 1
PATHREPORT=${BUILD:-build}/pathreport
GOLDEN=selftests/golden
HEADER=$(head -n 1 "$GOLDEN/drop.in")
FORMS=(text hops json dot records)
NO_COUNTS="the records end without the run's own counts"
OPTIONS=()	# for each run

# run ARG...: pathreport; sets STATUS, out and err
run()
{
	capture "$PATHREPORT" "${OPTIONS[@]}" "$@"
}

# refuses STATUS MESSAGE ARG...: says so, and prints nothing
refuses()
{
	local what="pathreport ${OPTIONS[*]} ${*:3}"

	run "${@:3}" </dev/null
	is "$STATUS" "$1" "$what: exit status"
	is "$err" "bpfpath: $2" "$what: message"
	is "$out" '' "$what: nothing on stdout"
}
