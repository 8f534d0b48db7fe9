#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: the columns of the form text, as they are chosen
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 19

cd "$TOP" || exit 1
PATHREPORT=${BUILD:-build}/pathreport
GOLDEN=selftests/golden
COLUMN_NAMES='time, delta, cpu, comm, pid, netns, interface, ifindex, proto, flow, icmp, id, mark, len, skb, module, ct'

# run COMMAND ARG...: sets STATUS, out and err
run()
{
	STATUS=0
	"$@" >"$TMP/out" 2>"$TMP/err" </dev/null || STATUS=$?
	out=$(<"$TMP/out")
	err=$(<"$TMP/err")
}

# columns: a list of them, which is refused, and what is shown
columns()
{
	local list

	for list in x '' 'time,' ',time' +x -x 'time,+x' 'time cpu' --cpu; do
		run "$PATHREPORT" -C "$list" "$GOLDEN/flows.in"
		like "$STATUS $err" "^2 bpfpath: no column '[^']*': it is one of \
$COLUMN_NAMES$" "-C '$list'"
	done
	run "$PATHREPORT" -C module,flow,module "$GOLDEN/flows.in"
	is "$(sed -n 5p <<<"$out")" "  source > destination            module   \
function" '-C: a list, a name twice'
	run "$PATHREPORT" -C -time,+pid,-delta,comm "$GOLDEN/flows.in"
	is "$(sed -n 5p <<<"$out")" "  cpu  interface  pid  comm         function" \
		'-C: more and less than usual'
	run "$PATHREPORT" -C -time,-delta,-cpu,-interface,-id "$GOLDEN/flows.in"
	is "$(sed -n 5,6p <<<"$out")" "  function
  ip_output" '-C: nothing but the function'
	run "$PATHREPORT" -v -C -skb,-mark "$GOLDEN/flows.in"
	is "$(sed -n 5p <<<"$out")" "      us    +us  cpu  interface  len  \
function" '-C with -v'
	run "$PATHREPORT" -C id "$GOLDEN/flows.in"
	is "$(sed -n 6p <<<"$out")" "   -  ip_output" '-C id: shown where it is not known'
}

driver()
{
	local list

	for list in x 'time,' +x; do
		run "$BPFPATH" -C "$list"
		like "$STATUS $err" "^2 bpfpath: --columns '[^']*': must be one of: \
${COLUMN_NAMES//,/}"$'\n' "bpfpath.sh -C '$list'"
	done
	run "$BPFPATH" -C flow -o json udp 10.0.0.1
	is "$STATUS ${err%%$'\n'*}" '2 bpfpath: --columns: only -o text has columns' \
		'bpfpath.sh -C with another form'
	run "$BPFPATH" --columns -time,-delta show "$GOLDEN/flows.in"
	is "$out" "$("$PATHREPORT" -C -time,-delta --data data "$GOLDEN/flows.in" 2>/dev/null)" \
		'bpfpath.sh --columns … show'
}

columns
driver
