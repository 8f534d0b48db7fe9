#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: ways of reading: the same functions in the same order by all
# requires: root cmd:jq
. "${BASH_SOURCE%/*}/../lib.sh"
plan 33

new_lab || exit 1

# read_by NAME OPTIONS...: the path of an echo reply on A
read_by()
{
	trace "$1" ping_peer 10.0.0.1 -- "${FEW[@]}" -N "$NS_A" -i veth-a -w 60 \
		"${@:2}" icmp 10.0.0.1
	is "$STATUS" 0 "$1: exit status"
}

# same_as_map NAME
same_as_map()
{
	local got funcs

	mapfile -t got < <(json "$1" 'length, (.[0] | .end.how, .end.func,
		([.complete, .lost] | tostring))')
	funcs=$(funcs_of "$1")
	is "${got[0]}" 1 "$1: one path"
	isnt "$funcs" "" "$1: it has functions"
	is "$funcs" "$map_funcs" "$1: the same as by map"
	is "${got[1]}" consumed "$1: how it ends"
	is "${got[2]}" "${funcs##*$'\n'}" "$1: the last function is its end"
	is "${got[3]}" '[true,0]' "$1: it is complete"
}

read_by map -r map -o json
map_funcs=$(funcs_of map)
same_as_map map
read_by pipe -r pipe -o json
same_as_map pipe
if since 5 8; then
	read_by ring -r ring -o json
	same_as_map ring
else
	for i in 1 2 3 4 5 6 7; do
		skip "ring: result $i" "no ring buffer on $(uname -r)"
	done
fi

# selected_steps FILE: its records of the selected packet, without its relatives,
# in $TMP/steps
selected_steps()
{
	awk -F '\t' '
		/^#bpfpath-records-1/ {
			for (i = 1; i <= NF; i++)
				at[$i] = i - 1
		}
		/^#/ || $at["kin"] == 0' "$1" >"$TMP/steps"
}

# What is saved can be shown again.
read_by text -W "$TMP/saved"
"$BPFPATH" -o text show "$TMP/saved" >"$TMP/shown.out" 2>"$TMP/shown.err"
is "$?" 0 "show: exit status"
is "$(cat "$TMP/shown.out")" "$(cat "$TMP/text.out")" "show: the same text"
"$BPFPATH" -o json show "$TMP/saved" >"$TMP/again.out"
is "$(funcs_of again)" "$map_funcs" "show -o json: the same functions"
"$BPFPATH" -o records show "$TMP/saved" >"$TMP/records.out"
is "$(sort "$TMP/records.out")" "$(sort "$TMP/saved")" \
	"show -o records: the same records"
selected_steps "$TMP/saved"
is "$(records_in "$TMP/steps" step func)" "$map_funcs" \
	"the records: the same functions"
is "$(records_in "$TMP/steps" step seq | paste -sd' ')" \
	"$(seq -s' ' 0 $(($(wc -l <<<"$map_funcs") - 1)))" \
	"the records: numbered without gaps"

# Two readers of trace_pipe would share its lines.
start_trace first "${FEW[@]}" -r pipe -N "$NS_A" -i veth-a -w 60 icmp 10.0.0.1
pid=$PID
status=0
"$BPFPATH" "${FEW[@]}" -r pipe -N "$NS_A" -i veth-a -w 1 icmp 10.0.0.1 \
	2>"$TMP/second.err" >"$TMP/second.out" || status=$?
is "$status" 1 "a second run with -r pipe: exit status"
like "$(cat "$TMP/second.err")" 'another run reads trace_pipe' \
	"a second run with -r pipe: message"
PID=$pid
ping_peer 10.0.0.1
end_trace first
is "$STATUS" 0 "the first one gets its packet"
ok "in the form of a listing" test -s "$TMP/first.out"
no_leftovers "nothing is left"
