#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: the forms that print at the end: stats, stats-json, prometheus, folded
# requires: cmd:jq
# kernels: host
# shellcheck disable=SC2016 # programs of awk and jq are in single quotes
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/pathreport.sh"
plan 59

OPTIONS=(-q)
FORMS=(stats stats-json prometheus folded)

# Packets 1 to N on the way of NAME.in's first one, each 1 us slower in its
# last step than the one before; its last record is of type end
many()
{
	awk -v OFS='\t' -v count="$2" "$AWK_COLUMNS"'
		/^#/ { print; next }
		$at["packet"] == 1 { line[++n] = $0 }
		END {
			for (packet = 1; packet <= count; packet++)
				for (i = 1; i <= n; i++) {
					$0 = line[i]
					$at["packet"] = packet
					$at["ns"] -= 8562028000000
					if ($1 == "end" || i == n - 1)
						$at["ns"] += packet * 1000
					print
				}
		}' "$GOLDEN/$1.in"
}

# relatives N: a packet and N clones of it
relatives()
{
	awk -v OFS='\t' -v count="$1" "$AWK_COLUMNS"'
		function put(type, kin, ns, func_, how) {
			for (i = 1; i <= NF; i++)
				$i = "-"
			$1 = type
			$at["packet"] = 1
			$at["ns"] = ns
			$at["func"] = func_
			$at["how"] = how
			$at["kin"] = kin
			$at["parent"] = type == "born" ? 0 : "-"
			print
		}
		NR > 1 { exit }
		{
			print
			NF--	# the first one is the version
			put("select", 0, 1, "ingress", "-")
			for (n = 1; n <= count; n++)
				put("born", n, 2, "skb_clone", "-")
			for (n = 0; n <= count; n++)
				put("end", n, 3, "consume_skb", "consumed")
		}' "$GOLDEN/clone.in"
}

forms()
{
	local form

	for form in "${FORMS[@]}"; do
		run -o "$form" "$GOLDEN/echo-reply.in"
		is "$STATUS|$err" '0|' "-o $form: exit status and messages"
		isnt "$out" '' "-o $form: prints something"
		head -n 1 "$GOLDEN/clone.in" >"$TMP/none"
		run -o "$form" "$TMP/none"
		is "$STATUS|$err" "3|bpfpath: $TMP/none: holds no packet" \
			"-o $form: no packet"
		STATUS=0
		"$PATHREPORT" -q -o "$form" "$GOLDEN/echo-reply.in" \
			>/dev/full 2>"$TMP/err" || STATUS=$?
		is "$STATUS|$(<"$TMP/err")" \
			'1|bpfpath: stdout: No space left on device' \
			"-o $form: a full device"
		head -c -20 "$GOLDEN/echo-reply.in" >"$TMP/cut"
		run -o "$form" "$TMP/cut"
		is "$STATUS" 1 "-o $form: cut off: exit status"
		like "$err" 'the last line has no newline' \
			"-o $form: cut off: message"
	done
}

# number PROGRAM: what jq makes of the statistics in $TMP/out
number()
{
	jq -c "$1" "$TMP/out"
}

counts()
{
	many echo-reply 100 >"$TMP/in"
	run -o stats-json "$TMP/in"
	is "$(number '[.packets, .incomplete, (.ways | length)]')" \
		'[100,0,1]' 'packets on one route'
	is "$(number '.ways[0] | [.packets, (.members[0].steps | length)]')" \
		'[100,15]' '… how many, and its steps'
	is "$(number '.ns | [.count, .p50, .p90, .p99, .max, .exact]')" \
		'[100,81877,121877,130877,131877,true]' \
		'percentiles of a hundred are exact'
	is "$(number '[.ns.octaves[] | .count] | add')" 100 \
		'each is in an octave'
	is "$(number '.ways[0].members[0].steps[-1].ns.p50')" 71076 \
		'percentiles of the last step'
	is "$(number '.ends | map([.how, .packets])')" '[["consumed",100]]' \
		'their end'
	many echo-reply 1000 >"$TMP/in"
	run -o stats-json "$TMP/in"
	is "$(number '.ns | [.count, .max, .exact]')" '[1000,1031877,false]' \
		'of a thousand only the greatest is'
	is "$(number '.ns | .p50 > 531877 * 63 / 64 and .p50 < 531877 * 65 / 64')" \
		true 'the median is not far'
}

incomplete()
{
	run -o stats-json "$GOLDEN/gaps.in"
	is "$(number '[.packets, .incomplete, (.ways | map(.packets) | add)]')" \
		'[6,5,1]' 'incomplete paths are counted, and in no route'
	is "$(number '[.ends[] | .packets] | add')" 6 'their ends are'
	run -o folded "$GOLDEN/gaps.in"
	is "$(grep -vc '^INCOMPLETE;' <<<"$out")" 0 \
		'incomplete paths have a flame of their own'
	run -o stats-json "$GOLDEN/families.in"
	is "$(number '[.packets, .late]')" '[3,1]' \
		'what comes late is no packet'
}

# by_rule: drops at one place, by two rules, are counted apart
by_rule()
{
	run -o stats-json --data data "$GOLDEN/rule.in"
	is "$(number '[.ends[] | select(.location == "nf_hook_slow+0x9c") |
		.rule] | sort')" \
		'[null,"ip filter INPUT rule 3 hook input drop","ip6 filter - hook input drop"]' \
		'drops are counted by rule'
	is "$(number '[.ends[].loss] | unique')" '[true]' 'all are losses'
	run -o prometheus --data data "$GOLDEN/rule.in"
	like "$(grep 'rule="ip filter' <<<"$out" | sed -n 1p)" \
		'verdict="dropped by netfilter: table ip filter chain INPUT rule 3, hook input",loss="yes"} 1$' \
		'prometheus: rule, plain words'
}

# given_up: what a tunnel gives up is no drop for the kernel, but a loss
given_up()
{
	sed -e 's/ping_rcv/geneve_xmit/' -e '/^end/s/dropped/consumed/' \
		"$GOLDEN/demo-good.in" >"$TMP/in"
	run -q -o stats --data data "$TMP/in"
	is "$(tail -n 3 <<<"$out")" '   drops  relatives  reason, place
       1          0  given up, consume_skb
                     macvlan-a cannot send it' 'what is given up is counted'
	like "$("$PATHREPORT" --data data "$TMP/in")" '
  usual cause: no route to the other end' 'and has a cause'
}

folded()
{
	run -o folded "$GOLDEN/echo-reply.in"
	is "$(awk '{ sum += $NF } END { print sum }' <<<"$out")" 31877 \
		'folded: all of the time'
	is "$(head -n 1 <<<"$out")" \
		'packet;netns 4026532212;mv0;__netif_receive_skb_core 1262' \
		'folded: a line'
	sed '1a# netns: 4026532212 node A' "$GOLDEN/echo-reply.in" >"$TMP/in"
	run -o folded "$TMP/in"
	is "$(head -n 1 <<<"$out")" \
		'packet;netns node_A;mv0;__netif_receive_skb_core 1262' \
		'folded: a namespace by its name'
	run -o folded "$GOLDEN/forwarded.in"
	is "$(grep -cvE '^packet;netns [0-9]+;[^; ]+;[^; ]+ [0-9]+$' <<<"$out")" \
		0 'folded: odd names break no line'
}

# ids FILE: of the routes, in the order of their packets
ids()
{
	"$PATHREPORT" -q -o stats-json "$1" | jq -c '[.ways[].id]'
}

# names: a route is named by its beginning and its flow
names()
{
	run -o stats "$GOLDEN/flows.in"
	is "$(sed -n 's/^\(route 1, [^:]*\): /\1|/p' <<<"$out" | cut -d: -f1-2)" \
		'route 1, 1 packet|output of eth0, 10.0.0.1 > 192.0.2.1:80' \
		'a route has hook, interface and flow'
	sed 's/10\.0\.0\.1/10.0.0.7/' "$GOLDEN/flows.in" >"$TMP/other"
	awk -v OFS='\t' "$AWK_COLUMNS"'
		!/^#/ && $at["packet"] == 1 { $at["packet"] = 11; print }' \
		"$TMP/other" | cat "$GOLDEN/flows.in" - >"$TMP/in"
	run -o stats "$TMP/in"
	like "$(grep '^route 1' <<<"$out")" ' and others: ' 'or flows'
	run -o stats-json "$TMP/in"
	is "$(number '.ways[0].members[0] | [.addresses, .flows]')" \
		'["10.0.0.1 > 192.0.2.1:80",true]' '… in JSON'
}

way_ids()
{
	many echo-reply 3 >"$TMP/in"
	is "$(ids "$TMP/in")" "$(ids "$GOLDEN/echo-reply.in")" \
		'a route has the same id in every run'
	isnt "$(ids "$GOLDEN/echo-reply.in")" "$(ids "$GOLDEN/drop.in")" \
		'and another route another'
}

# prometheus_is_sound FILE
prometheus_is_sound()
{
	"$PATHREPORT" -q -o prometheus "$1" | promtool check metrics >&2
}

prometheus()
{
	local name

	for name in routes-bad flood forwarded gaps families unnumbered; do
		if type -P promtool >/dev/null; then
			ok "promtool: $name" prometheus_is_sound \
				"$GOLDEN/$name.in"
		else
			skip "promtool: $name" "promtool is not installed"
		fi
	done
	relatives 20000 >"$TMP/in"
	STATUS=0
	timeout 30 "$PATHREPORT" -q -o prometheus "$TMP/in" >"$TMP/out" ||
		STATUS=$?
	is "$STATUS" 0 'prometheus: 20000 relatives take no minutes'
	many echo-reply 200 >"$TMP/in"
	run -o prometheus "$TMP/in"
	is "$(awk '/^bpfpath_way_seconds_bucket.*"\+Inf"/ { print $NF }' \
		<<<"$out")" 200 'prometheus: all are in the last bucket'
	ok 'prometheus: buckets grow' awk '
		/^bpfpath_way_seconds_bucket/ { if ($NF < n) exit 1; n = $NF }' \
		"$TMP/out"
}

forms
counts
incomplete
by_rule
given_up
folded
names
way_ids
prometheus
