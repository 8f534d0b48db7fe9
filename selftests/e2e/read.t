#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: ways of reading: the same functions in the same order by all
# requires: root cmd:jq cmd:nft tool:listener tool:stream
# All kernels: what each has of rings and of atomic counts differs.
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
. "${BASH_SOURCE%/*}/together.sh"
plan 29

FILTER=('(icmp[icmptype] = icmp-echoreply and ip[2:2] = 128) or
	(icmp[icmptype] = icmp-echo and ip[8] = 77) or
	(tcp dst port 99 and tcp[tcpflags] & tcp-syn != 0)')
OPTIONS=(-f "$TMP/relatives.list" -N all -d out --uid 0 -c 0)
SAVED=saved

new_lab || exit 1
list_with 'tcp_conn_request 0 4'

# has_read NAME: ends it, and looks at what it has read. A line of trace_pipe does not
# say who made a relative.
has_read()
{
	local funcs maker=skb_clone

	[ "$1" != pipe ] || maker=__copy_skb_header
	interrupt "$1"
	mv "$TMP/$1.out" "$TMP/$1.text"
	cp "$TMP/$1.saved" "$TMP/$1.out"
	is "$(gaps "$1")" "" "$1: no steps are lost"
	funcs=$(funcs "$1" 1)
	isnt "$funcs" "" "$1: it has functions"
	is "$funcs" "$(funcs map 1)" "$1: the same as by map"
	is "$(jq -r 'select(.packet == 1) | "\(.end.how) \(.end.func) \(.complete) \(.lost)"' \
		"$TMP/$1.json")" "consumed ${funcs##*$'\n'} true 0" \
		"$1: how it ends, complete"
	if ! has_kprobes; then
		skip "$1: clones for a tap" "no kprobes on $(uname -r)"
		skip "$1: what TCP keeps, and sends again" \
			"no kprobes on $(uname -r)"
		return
	fi
	is "$(tree_of "$1" 2)" \
		"1 - consumed|1.1 $maker consumed|1.2 $maker consumed" \
		"$1: clones for a tap"
	is "$(tree_of "$1" 3)" \
		"1 - dropped|1.1 original consumed|1.1.1 $maker consumed" \
		"$1: what TCP keeps, and sends again"
}

# ---------------------------------------------------------------- the traces

for name in map pipe ring; do
	if [ "$name" != ring ] || since 5 8; then
		begin "$name" -r "$name" -W "$TMP/$name.saved"
	fi
done
goes 1 on A ping -n -c 1 -W 1 -s 100 10.0.0.1 >/dev/null
listen A packet
goes 2 ping_ttl A 77 10.0.0.1
mute
goes 3 lossy_stream syn 100

# Two readers of trace_pipe would share its lines.
status=0
"$BPFPATH" "${FEW[@]}" -r pipe -N "$NS_A" -w 1 icmp 2>"$TMP/second.err" \
	>"$TMP/second.out" || status=$?
is "$status" 1 "a second run with -r pipe: exit status"
like "$(<"$TMP/second.err")" 'another run reads trace_pipe' \
	"a second run with -r pipe: message"

for name in map pipe ring; do
	if [ "${TRACES[$name]}" ]; then
		has_read "$name"
	else
		for ((i = 0; i < 7; i++)); do
			skip "$name" "no ring buffer on $(uname -r)"
		done
	fi
done

# ---------------------------------------------------------------- what is saved

# show FORM: of the packets that were read by map
show()
{
	"$BPFPATH" -o "$1" show "$TMP/map.saved" 2>"$TMP/shown.err"
}

show text >"$TMP/shown"
is "$?" 0 "show: exit status"
is "$(<"$TMP/shown")" "$(<"$TMP/map.text")" "show: the same text"
is "$(show records | sort)" "$(sort "$TMP/map.saved")" \
	"show -o records: the same records"
awk "$AWK_COLUMNS"'/^#/ || ($at["packet"] == 1 && $at["kin"] == 0)' \
	"$TMP/map.saved" >"$TMP/steps"
is "$(records_in "$TMP/steps" step func)" "$(funcs map 1)" \
	"the records: the same functions"
is "$(records_in "$TMP/steps" step seq | paste -sd' ')" \
	"$(seq -s' ' 0 $(($(funcs map 1 | wc -l) - 1)))" \
	"the records: numbered without gaps"
no_leftovers "nothing is left"
