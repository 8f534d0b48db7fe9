# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # some variables are for test files
#
# drops.sh: packets that are dropped one after another, each in another place, and
# what is said of each: sourced by test files after labs.sh, relatives.sh and paths.sh,
# whose by_WAY functions send them.
#
# dropped() knows a packet's end by a table: version, function, reason, and behind them
# the line in words. A line holds from the kernel of its version on; the last one whose
# version is not newer than this kernel counts.

ID=1		# IPv4 identification of packets made by ip4()
SPORT=7
PORT=99		# where nobody listens

# ---------------------------------------------------------------- the trace

# trace_drops NAME...: makes paths.out (records), $TMP/paths.json and paths.text
trace_drops()
{
	local form

	trace_paths "$@"
	for form in json text; do
		"$BPFPATH" -o "$form" show "$TMP/paths.out" >"$TMP/paths.$form" \
			2>>"$TMP/paths.err"
	done
	take_drops
}

# ---------------------------------------------------------------- results

declare -A PLACES=()	# by packet, a line for each drop: function and reason, …
declare -A VERDICTS=()	# … what JSON and …
declare -A WORDS=()	# … what the text says of it, in words

# place_drops: tab-separated: packet, function and reason, verdict
place_drops()
{
	jq -r '.packet as $packet | [.] + .relatives | .[].end |
		select(.how == "dropped") | [$packet,
		"\(.location // "-" | sub("[.+].*"; "")) \(.reason // "-")",
		.verdict] | @tsv' "$TMP/paths.json"
}

# word_drops: tab-separated: packet, line of the text
word_drops()
{
	awk -v OFS='\t' '
		/^packet [0-9]/ {
			number = $2
			sub(/[.:].*/, "", number)
		}
		/^  *(dropped|done with) / {
			sub(/^ */, "")
			print number, $0
		}' "$TMP/paths.text"
}

# take_drops: sets those three
take_drops()
{
	local number place text

	while IFS=$'\t' read -r number place text; do
		PLACES[$number]+=${PLACES[$number]:+$'\n'}$place
		VERDICTS[$number]+=${VERDICTS[$number]:+$'\n'}$text
	done < <(place_drops)
	while IFS=$'\t' read -r number text; do
		WORDS[$number]+=${WORDS[$number]:+$'\n'}$text
	done < <(word_drops)
}

# dropped NAME WHAT: how, by the table on standard input
dropped()
{
	local version place reason line want_place=unknown want=unknown
	local number=${PACKET[$1]}

	while read -r version place reason line; do
		since "${version%.*}" "${version#*.}" || continue
		want_place="$place $reason"
		want=$line
	done
	if [ -z "$number" ]; then
		skip "$2: place" "not sent on $(uname -r)"
		skip "$2: in words" "not sent on $(uname -r)"
		return
	fi
	is "${PLACES[$number]}" "$want_place" "$2: place"
	is "${WORDS[$number]}|${VERDICTS[$number]}" "$want|$want" \
		"$2: in words"
}

# all_whole: no family but those, and no steps of them are lost
all_whole()
{
	is "$(families) $(gaps paths)" "${#PACKET[@]} " \
		"no other packets, no steps are lost"
}

# ---------------------------------------------------------------- packets

# to_b TYPE PACKET [DESTINATION]: a frame that A sends
to_b()
{
	frame "${3:-$MAC_B}" "$MAC_A" "$1" "$2" | inject A frame macvlan-a
}

# echo4 SRC DST [TTL [FRAGMENT [BYTES]]]: an echo request
echo4()
{
	ip4 1 "$1" "$2" "$(echo_request "$(zeros "${5:-8}")")" "${@:3:2}"
}

# a6 and b6: the nodes' addresses; hex6 LAST: fd00::LAST, two digits
hex6()
{
	printf 'fd00%026x%s\n' 0 "$1"
}

# checked PROTOCOL SRC DST BEFORE AFTER: what is between IP and the data, its
# checksum put between its parts; addresses as hexadecimal digits
checked()
{
	local size=$(((${#4} + 4 + ${#5}) / 2))

	echo "$4$(sum16 "$2$3$(printf '%04x%04x' "$1" "$size")$4$5")$5"
}

# datagram SRC DST PORT: UDP to that port, from hexadecimal addresses
datagram()
{
	checked 17 "$1" "$2" "$(printf '%04x%04x000a' "$SPORT" "$3")" 0102
}

# syn SRC DST PORT
syn()
{
	checked 6 "$1" "$2" \
		"$(printf '%04x%04x00000001000000005002ffff' "$SPORT" "$3")" 0000
}

# damaged HEX AT: the two bytes at that place become others
damaged()
{
	printf '%s%04x%s\n' "${1:0:2*$2}" $((0x${1:2*$2:4} ^ 0x5555)) \
		"${1:2*$2+4}"
}

# set_sysctl NAME=VALUE...: on node B
set_sysctl()
{
	on B sysctl -q -w "$@"
}
