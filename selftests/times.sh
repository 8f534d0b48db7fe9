# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# times.sh: where the time of a run went. Sourced by run.sh.
#
# Each program that has ended says so in a line of its own,
#
#	# time KERNEL NAME: WALL s, CPU s CPU, COUNT traces in ARMING s
#
# which the run of this runner in a guest passes on to the one on the host. NAME
# has a group in it (e2e/flow), or is build, packages, lint, boot or guest.

TIME='^# time ([^ ]+) ([^ ]+): ([0-9.]+) s, ([0-9.]+) s CPU, ([0-9]+) traces in ([0-9.]+) s$'
SLOWEST=20	# of the files are named

times=()	# of all lines the words, without those between

# ms_since BEGAN: in microseconds, as EPOCHREALTIME without its point
ms_since()
{
	echo $(((${EPOCHREALTIME/[.,]/} - $1) / 1000))
}

# seconds MS: with three digits behind the point
seconds()
{
	printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000))
}

# cpu_of TIMES: the sum of a line of the shell's "times", in milliseconds
cpu_of()
{
	local part sum=0

	for part in $1; do
		[[ $part =~ ^([0-9]+)m([0-9]+)[.,]([0-9]+)s$ ]] || continue
		sum=$((sum + BASH_REMATCH[1] * 60000 + 10#${BASH_REMATCH[2]} * 1000 +
			10#${BASH_REMATCH[3]}))
	done
	echo "$sum"
}

# sum_of FILE: how many lines it has, and the sum of these numbers
sum_of()
{
	awk '{ sum += $1 } END { print NR, sum + 0 }' "$1" 2>/dev/null ||
		echo 0 0
}

# note_time KERNEL NAME WALL CPU [COUNT ARMING]: in milliseconds; says it
note_time()
{
	local line

	line="# time $1 $2: $(seconds "$3") s, $(seconds "$4") s CPU, "
	line+="${5:-0} traces in $(seconds "${6:-0}") s"
	[[ $line =~ $TIME ]]
	take_time "$line"
}

# take_time LINE: one that has just matched TIME
take_time()
{
	times+=("${BASH_REMATCH[*]:1}")
	put "$1"
}

# note_boot: of this guest: what came before
note_boot()
{
	local up idle

	read -r up idle </proc/uptime
	up=$((10#${up/./} * 10)) idle=$((10#${idle/./} * 10))
	note_time "$kernel" boot "$up" $((up > idle ? up - idle : 0))
}

slowest()
{
	local kernel name wall cpu

	put "# the slowest:    wall       CPU  kernel  what"
	printf '%s\n' "${times[@]}" | grep -vE '^[^ ]+ (boot|guest) ' |
	sort -k 3,3nr | sed -n "1,${SLOWEST}p" |
	while read -r kernel name wall cpu _; do
		printf '# %15.1f s %7.1f s  %-6s  %s\n' "$wall" "$cpu" \
			"$kernel" "$name"
	done
}

# show_times: where the time went
show_times()
{
	[ "${#times[@]}" -gt 0 ] || return 0
	slowest
	printf '%s\n' "${times[@]}" | awk '
		$2 == "guest" { printf "# guest %s: %.1f s, %.1f s CPU\n", $1, $3, $4 }
		$2 == "boot" { boots++; boot += $3 }
		{ traces += $5; arming += $6 }
		END {
			if (boots)
				printf "# boots: %d, in %.1f s\n", boots, boot
			printf "# traces: %d, armed in %.1f s\n", traces, arming
		}'
}
