#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: pathreport at a terminal: colour, and columns that fit its width
# requires: cmd:script
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 33

cd "$TOP" || exit 1
PATHREPORT=${BUILD:-build}/pathreport
GOLDEN=selftests/golden
RED=$'\e[31m' GREEN=$'\e[32m' CYAN=$'\e[36m' YELLOW=$'\e[33m' OFF=$'\e[0m'

# seen COLUMNS ARG...: what a terminal of that width gets from pathreport
seen()
{
	local command

	printf -v command '%q ' "$PATHREPORT" "${@:2}"
	script -qec "stty cols $1; $command" /dev/null </dev/null 2>&1 |
		tr -d '\r'
}

# has TEXT PART WHAT
has()
{
	ok "$3" grep -qF -- "$2" <<<"$1"
}

# widest TEXT: the length of its longest line of a table
widest()
{
	awk '{ gsub("…", ".") }
		/^ +[0-9]+\.[0-9]/ && length() > most { most = length() }
		END { print most }' <<<"$1"
}

export TERM=xterm
unset NO_COLOR COLUMNS

colours()
{
	local text

	text=$(seen 200 "$GOLDEN/flows.in")
	has "$text" "${GREEN}consumed by tcp_v4_rcv$OFF, after" 'an end'
	has "$text" "${RED}dropped in ip6_rcv_core+0x22, reason IP_INHDR$OFF" \
		'a drop'
	has "$text" "${CYAN}[netns blue]$OFF" 'another namespace'
	has "$text" "${CYAN}[10.0.0.1:40312 > 10.0.1.2:8080]$OFF" 'another flow'
	has "$text" "$CYAN   7.500  1.250    1  veth-blue  dev_queue_xmit$OFF" \
		'another interface'
	has "$text" "$RED  0.900  0.200    1  -          kfree_skb$OFF" \
		'where it is dropped'
	text=$(seen 200 "$GOLDEN/gaps.in")
	has "$text" "${YELLOW}INCOMPLETE$OFF: " 'INCOMPLETE'
	like "$text" "${YELLOW/\[/\\[}"'\.\.\. [0-9]+ steps? missing' 'a gap'
	has "$(seen 200 --data data "$GOLDEN/why.in")" "$RED  dropped" 'why'
	is "$(seen 200 "$GOLDEN/flows.in" | sed $'s/\e\\[[0-9]*m//g' |
		grep -v '^bpfpath: ')" "$(<"$GOLDEN/flows.text")" \
		'nothing but colour is different'
}

# differences: each line has the colour of its mark
differences()
{
	local text

	text=$(seen 200 --diff "$GOLDEN/"demo-{good,bad}.in)
	has "$text" "$RED-  106.349            macvlan-a           \
ip_route_input_noref$OFF" 'diff: the good one alone'
	has "$text" "$GREEN+            328.711  veth-a              \
kfree_skb$OFF" 'diff: the bad one alone'
	has "$text" "$CYAN!  130.966   124.506  macvlan-a | veth-a  ip_rcv$OFF" \
		'diff: another place'
	is "$(seen 200 --diff "$GOLDEN/"demo-{good,bad}.in |
		sed $'s/\e\\[[0-9]*m//g')" "$(cd "$GOLDEN" &&
		"$TOP/$PATHREPORT" --diff demo-{good,bad}.in |
			sed "s,^\([-+] \)\(demo-\),\1$GOLDEN/\2,")" \
		'diff: nothing but colour is different'
}

no_colours()
{
	local text

	unlike "$(NO_COLOR=1 seen 200 "$GOLDEN/flows.in")" $'\e' 'NO_COLOR'
	has "$(NO_COLOR='' seen 200 "$GOLDEN/flows.in")" "$RED" 'NO_COLOR, empty'
	unlike "$(TERM=dumb seen 200 "$GOLDEN/flows.in")" $'\e' 'TERM=dumb'
	unlike "$(seen 200 -o json "$GOLDEN/flows.in")" $'\e' '-o json'
	text=$("$PATHREPORT" "$GOLDEN/flows.in" 2>/dev/null)
	is "$text" "$(<"$GOLDEN/flows.text")" 'no terminal'
}

widths()
{
	local text

	export NO_COLOR=1
	text=$(seen 72 -v -C +flow,comm,module "$GOLDEN/flows.in")
	has "$text" '…' 'what is too wide is cut'
	text=$(seen 60 -C +flow "$GOLDEN/flows.in")
	is "$(widest "$text")" 60 'lines are as wide as the terminal'
	text=$(COLUMNS=64 seen 200 -C +flow "$GOLDEN/flows.in")
	is "$(widest "$text")" 64 'COLUMNS is the width'
}

# longest TEXT: how many columns its longest line has, but for messages
longest()
{
	awk '{ gsub("…", ".") } length() > most { most = length() }
		END { print most }' <<<"$1"
}

# Lines that are no table are broken between words, and nothing is lost.
wraps()
{
	local text form

	for form in text hops 'tree -v'; do
		# shellcheck disable=SC2086 # options of their own
		text=$(seen 70 --data data -o $form "$GOLDEN/why.in")
		is "$(longest "$text")" 70 "-o $form: no line is longer"
	done
	text=$(seen 40 --data data "$GOLDEN/demo-bad.in")
	has "$text" $'  look at: ip neigh (at the sender);\n      tcpdump -e -ni veth-a;
      ip link show dev veth-a' 'commands stay in one piece'
	text=$(seen 40 -q --data data "$GOLDEN/demo-bad.in")
	is "$(tr -s ' \n' ' ' <<<"$text")" \
		"$("$PATHREPORT" -q --data data "$GOLDEN/demo-bad.in" 2>&1 |
			tr -s ' \n' ' ')" 'no word is lost'
	text=$(seen 60 --diff -q --data data "$GOLDEN/"demo-{good,bad}.in)
	ok 'diff: no line is longer' [ "$(longest "$text")" -le 60 ]
	text=$(seen 40 -o json "$GOLDEN/demo-bad.in" | sed -n 1p)
	is "$text" "$("$PATHREPORT" -o json "$GOLDEN/demo-bad.in" 2>/dev/null |
		sed -n 1p)" 'what programs read is not broken'
}

# in_parts FILE TYPESCRIPT: its first packet and, when the terminal has shown that
# and has been made narrow, the others
in_parts()
{
	local end

	end=$(grep -nm 1 $'^end\t' "$1" | cut -d : -f 1)
	head -n "$end" "$1"
	wait_for 20 grep -q 'packet 1: .*complete' "$2" || return
	stty cols 40
	tail -n +$((end + 1)) "$1"
}

# A window that gets another size while packets come.
resized()
{
	export -f in_parts wait_for nap
	export TMP
	# A shell that is not bash does not hand exported functions on.
	SHELL=$BASH script -qefc "stty cols 200
		bash -c 'in_parts \"\$@\"' - $GOLDEN/flows.in $TMP/tty | $PATHREPORT" \
		"$TMP/tty" </dev/null >/dev/null 2>&1
	is "$(tr -d '\r' <"$TMP/tty" | awk '{ gsub("…", ".") }
		/^packet 1: consumed/ { print (length() > 40) }
		/^packet 2/ && !late++ { print "packet 2" }
		late && length() > 40 && !/^Script/ { print "too long: " $0 }')" \
		$'1\npacket 2' 'another size is that of the next packet'
}

# What a forged file has is not for the terminal, but all of it for a pipe.
forged()
{
	"$PATHREPORT" -q -o records "$GOLDEN/forwarded.in" >"$TMP/piped"
	ok 'records: a pipe gets them as they are' grep -q $'\e' "$TMP/piped"
	has "$(seen 200 -q -o records "$GOLDEN/forwarded.in")" '\x1b[31m' \
		'records: control characters are escaped'
	unlike "$(seen 200 -q -o records "$GOLDEN/forwarded.in")" $'\e|\x01' \
		'records: the terminal gets none'
}

colours
differences
forged
no_colours
widths
wraps
resized
