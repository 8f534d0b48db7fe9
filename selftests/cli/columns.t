#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: the columns of the form text, as they are chosen
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/pathreport.sh"
plan 22

COLUMN_NAMES='time, delta, cpu, comm, pid, call, netns, interface, ifindex, proto, flow, icmp, id, mark, len, skb, module, ct, rules, tcp, gso, vlan, tunnel, skb.MEMBER'

# columns: a list of them, which is refused, and what is shown
columns()
{
	local list

	for list in x '' 'time,' ',time' +x -x 'time,+x' 'time cpu' --cpu; do
		run -C "$list" "$GOLDEN/flows.in"
		like "$STATUS $err" "^2 bpfpath: no column '[^']*': it is one of \
$COLUMN_NAMES$" "-C '$list'"
	done
	run -C module,flow,module "$GOLDEN/flows.in"
	is "$(sed -n 5p <<<"$out")" "  source > destination            module   \
function" '-C: a list, a name twice'
	run -C -time,+pid,-delta,comm "$GOLDEN/flows.in"
	is "$(sed -n 5p <<<"$out")" "  cpu  interface  pid  comm         function" \
		'-C: more and less than usual'
	run -C -time,-delta,-cpu,-interface,-id "$GOLDEN/flows.in"
	is "$(sed -n 5,6p <<<"$out")" "  function
  ip_output" '-C: nothing but the function'
	run -v -C -skb,-mark "$GOLDEN/flows.in"
	is "$(sed -n 5p <<<"$out")" "      us    +us  cpu  interface  len  \
function" '-C with -v'
	run -C id "$GOLDEN/flows.in"
	is "$(sed -n 6p <<<"$out")" "   -  ip_output" '-C id: shown where it is not known'
}

# fields: what -C had recorded, in the tree, where it changes
fields()
{
	local input=$TMP/fields.in

	awk -F '\t' -v OFS='\t' '/^#bpfpath/ { print $0, "fields"; next }
		/^#/ { print; next }
		$1 == "step" { n++ }
		{ print $0, $1 == "step" ? "skb.mark=" (n < 4 ? 1 : 2) : "-" }' \
		"$GOLDEN/calls.in" >"$input"
	run -o tree "$input"
	is "$(grep -cF '/* skb.mark=' <<<"$out")" 2 '-o tree: where fields change'
	like "$out" '\|  +/\* skb\.mark=2 \*/'$'\n''.*\|  +ip_local_deliver\(' \
		'... before the function'
	run -C "$(printf 'skb.m%d,' {1..24})skb.m25" "$input"
	is "$STATUS $err" "2 bpfpath: column 'skb.m25': more than 24 fields" '-C: too many fields'
}

driver()
{
	local list

	for list in x 'time,' +x; do
		capture "$BPFPATH" -C "$list"
		like "$STATUS $err" "^2 bpfpath: --columns '[^']*': must be one of: \
${COLUMN_NAMES//,/}"$'\n' "bpfpath.sh -C '$list'"
	done
	capture "$BPFPATH" -C flow -o json udp 10.0.0.1
	is "$STATUS ${err%%$'\n'*}" '2 bpfpath: --columns: only -o text has columns' \
		'bpfpath.sh -C with another form'
	capture "$BPFPATH" --columns -time,-delta show "$GOLDEN/flows.in"
	is "$out" "$("$PATHREPORT" -C -time,-delta --data data "$GOLDEN/flows.in" 2>/dev/null)" \
		'bpfpath.sh --columns … show'
}

columns
fields
driver
