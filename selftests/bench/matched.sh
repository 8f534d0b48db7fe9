# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # guest.sh sets and reads these
#
# matched.sh: what packets cost that match and are followed, and how many of
# them a second are followed without a loss; sourced by guest.sh. The line of a
# configuration, "matched" its last word:
#
#	config  path  loader  report  events  highest  told  why
#
# path: ns of a packet, sent and received; loader, report: CPU time in ns that
# each process of the tracer has for it; events: that the tracer tells of it;
# highest: packets a second without a loss, "<N" when even N were too many; told:
# of a tracer that others made, at each such rate that was found before, "N% of
# RATE" packets that it told in full.

BURST=24	# packets that no tracer's buffer is too small for ...
BURST_WARM=8	# ... after so many
BURSTS=4
SECONDS_SENT=4	# at a rate
HALVINGS=5

readers=()	# processes of the tracer
rates=()	# the highest ones without a loss that were found

# paced FROM RATE WARM_UP COUNT: ns per packet, of a sender that nobody but
# ksoftirqd gets the CPU from
paced()
{
	kill -STOP "$spinner"
	chrt -f -p 2 "$(pgrep -x ksoftirqd/0)"
	nsenter --net=/run/netns/sender chrt -f 1 "$WORK/udp_paced" \
		/run/netns/reader "$READER" "$@"
	chrt -o -p 0 "$(pgrep -x ksoftirqd/0)"
	kill -CONT "$spinner"
}

burst()
{
	paced "$1" 0 $BURST_WARM $BURST
}

# set_readers: loader and report; the tracer itself for other programs
set_readers()
{
	local loader

	set_loader
	readers=("$loader")
	readers+=("$(pgrep -P "$tracer" -x pathreport || true)")
	[ "${readers[1]}" ] || unset 'readers[1]'
}

# look: sets "cpu", what each reader has used so far in ns, and "end", where
# their output ends
look()
{
	local i file ns

	cpu=(0 0)
	for i in "${!readers[@]}"; do
		for file in "/proc/${readers[i]}"/task/*/schedstat; do
			# a thread may have gone
			read -r ns _ 2>/dev/null <"$file" || continue
			cpu[i]=$((cpu[i] + ns))
		done
	done
	read -r _ end <"/proc/$tracer/fdinfo/1"
}

# settle MS [PAUSE]: waits until the output has not grown for so long; "cpu" is
# then what it was when the output grew the last time
settle()
{
	local end seen='' used=() last now

	now_ms
	last=$now
	while [ $((now - last)) -lt "$1" ]; do
		[ -z "$2" ] || sleep "$2"
		look
		now_ms
		[ "$end" != "$seen" ] || continue
		seen=$end used=("${cpu[@]}") last=$now
	done
	cpu=("${used[@]}")
}

# burst_cost: sets "used", ns of each reader for one packet of a burst
burst_cost()
{
	local cpu before sent=$((BURST_WARM + BURST))

	settle 50
	look
	before=("${cpu[@]}")
	burst "$MATCHED" >/dev/null
	settle 100
	used=($(((cpu[0] - before[0]) / sent)) $(((cpu[1] - before[1]) / sent)))
}

# readers_cost: sets "loader" and "report", their time for a packet: the least of
# some bursts, into some of which what is done each second falls
readers_cost()
{
	local used i

	burst_cost
	loader=${used[0]} report=${used[1]}
	for ((i = 1; i < BURSTS; i++)); do
		burst_cost
		[ "${used[0]}" -ge "$loader" ] || loader=${used[0]}
		[ "${used[1]}" -ge "$report" ] || report=${used[1]}
	done
}

# quiet: until all that is still to come has been printed; bpfpath waits 5 seconds
# for a packet whose end is lost. pwru never sleeps, so each of its seconds is long
# for us.
quiet()
{
	if [ "$1" = pwru ]; then
		settle 500
	else
		kill -STOP "$spinner"
		settle 7000 0.5
		kill -CONT "$spinner"
	fi
}

# count_told TRACER: how many packets the output tells in full
count_told()
{
	if [ "$1" = pwru ]; then
		awk -f "$HERE/whole.awk" "$WORK/usual" "$WORK/out"
	else
		grep -c '^packet [0-9]*: .*, complete$' "$WORK/out" || true
	fi
}

# learn TRACER: sets "events" of a packet, from some that are sent slowly
learn()
{
	local few=10 lines

	: >"$WORK/out"
	paced "$MATCHED" 20 0 $few >/dev/null
	quiet "$1"
	if [ "$1" = pwru ]; then
		lines=$(grep -c '^0x' "$WORK/out")
		events=$((lines / few))
		tail -n "$events" "$WORK/out" >"$WORK/usual"
	else
		events=$(sed -n 's/^packet 1: .*, after \([0-9]*\) steps.*/\1/p' \
			"$WORK/out" | sed -n 1p)
	fi
	[ "$(count_told "$1")" = $few ]
}

# share_at TRACER RATE: sets "share", the percentage of the packets that it tells
# in full; 100 only if that are all
share_at()
{
	local count=$(($2 * SECONDS_SENT))

	: >"$WORK/out"
	paced "$MATCHED" "$2" 0 "$count" >/dev/null
	quiet "$1"
	share=$(($(count_told "$1") * 100 / count))
}

# highest_rate TRACER GUESS: sets "highest"
highest_rate()
{
	local low=$(($2 / 2)) high=$(($2 * 3 / 2)) i middle share

	highest="<$high"
	for ((i = 0; i < HALVINGS; i++)); do
		middle=$(((low + high) / 2))
		share_at "$1" $middle
		if [ "$share" = 100 ]; then
			low=$middle highest=$middle
		else
			high=$middle
			[ "${highest::1}" != '<' ] || highest="<$high"
		fi
	done
}

# told_at_rates: sets "told", for each of the rates that were found
told_at_rates()
{
	local rate share

	told=
	for rate in "${rates[@]}"; do
		share_at pwru "$rate"
		told+="${told:+, }$share% of $rate"
	done
}

# measure_matched CONFIG: prints its line
measure_matched()
{
	local name=${1%% *} path loader report events highest told=

	start_tracer "$1" || return 0
	set_readers
	if ! learn "$name"; then
		why[$1]='it does not tell a few packets in full'
		stop_tracer
		return
	fi
	path=$(burst "$MATCHED")
	readers_cost
	highest_rate "$name" $((1000000000 / (path + loader + report)))
	if [ "$name" = pwru ]; then
		told_at_rates
	elif [ "${highest::1}" != '<' ]; then
		rates+=("$highest")
	fi
	stop_tracer
	row "$1" "$path" "$loader" "$report" "$events" "$highest" \
		"${told:--}" ""
}
