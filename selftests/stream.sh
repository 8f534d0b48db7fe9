# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# stream.sh: runs test programs and makes one TAP stream of their results.
# Sourced by run.sh, which sets limit and keep_logs.
#
# A test program prints TAP: a plan and as many results. No plan, another number
# of results, a bad exit status or no end in time is a failure, too. Its log (its
# stderr and its diagnostics) is shown when something failed.

LOG_LINES=200	# shown of a log
LISTED=30	# failures that are named at the end
SOON=20		# tenths of a second that a process has to end by itself
TICK=1		# seconds between two looks at the progress

RESULT='^(not )?ok( +[0-9]+)?( +-)?( +(.*))?$'
KERNEL='^# kernel ([^ ]+)'
PLAN='^1\.\.([0-9]+)( +# *SKIP *(.*))?$'
SKIP='^(.*) # SKIP *(.*)$'

limit=300	# seconds for a program
keep_logs=	# those of good programs, too

number=0
passed=0
failed=0
skipped=0
failures=()	# their lines

# kernel_name VERSION: as results bear it, a line: 6.12, 6.12-rt
kernel_name()
{
	local name kind

	name=$(cut -d. -f1,2 <<<"${1%%-*}")
	for kind in rt arm64; do
		if [[ $1- == *-$kind-* ]]; then
			name+=-$kind
			break
		fi
	done
	echo "$name"
}

kernel=$(kernel_name "$(uname -r)")

# of the program that runs now
label=
place=		# its name in the table of times
began=		# microseconds
cpu=		# milliseconds
prefix=		# of its results
tag=
log=
status=
seen=
planned=
skip_reason=
failed_before=
strays=

# ---------------------------------------------------------------- results

# emit ok|'not ok' WHAT: the next line of the stream
emit()
{
	number=$((number + 1))
	put "$1 $number - $2"
}

pass()
{
	passed=$((passed + 1))
	emit ok "$1"
}

fail()
{
	failed=$((failed + 1))
	emit 'not ok' "$1"
	failures+=("$number - $1")
}

# skip WHAT WHY
skip()
{
	skipped=$((skipped + 1))
	emit ok "$1 # SKIP $2"
}

# name_failures: again, where the end of a long run is read
name_failures()
{
	[ "$failed" -gt 0 ] || return 0
	printf '# failed: %s\n' "${failures[@]:0:LISTED}"
	[ "$failed" -le "$LISTED" ] ||
		echo "# and $((failed - LISTED)) more failed"
}

# summary: the end of the stream; fails when the run did
summary()
{
	put "1..$number"
	name_failures
	echo "$passed passed, $failed failed, $skipped skipped"
	[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

show_log()
{
	hide_progress
	tail -n "$LOG_LINES" "$log" | sed 's/^/# /'
	echo "# log: $log"
}

# ---------------------------------------------------------------- a program

# begin LABEL [PLACE]: the next program; its results bear the label
begin()
{
	label=$1
	place=${2:-$1}
	prefix="$1: "
	tag=$$-$number
	seen=0
	planned=
	skip_reason=
	failed_before=$failed
	mkdir -p "$LOGS"
	log=$LOGS/${place//[^A-Za-z0-9._-]/_}.log
	: >"$log"
	began=${EPOCHREALTIME/[.,]/}
	show_progress
}

finish()
{
	if [ "$failed" -gt "$failed_before" ]; then
		show_log
	elif [ -z "$keep_logs" ]; then
		rm -f "$log"
	fi
}

# note_program: the time that it took, with its traces (lib.sh)
note_program()
{
	local count arming

	read -r count arming < <(sum_of "$log.traces")
	rm -f "$log.traces"
	done_here=$((done_here + 1))
	note_time "$kernel" "$place" "$(ms_since "$began")" "$cpu" "$count" "$arming"
}

# take_result NOT WHAT: one result of the program
take_result()
{
	seen=$((seen + 1))
	if [ "$1" ]; then
		fail "$prefix$2"
	elif [[ $2 =~ $SKIP ]]; then
		skip "$prefix${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
	else
		pass "$prefix$2"
	fi
}

# take_line LINE: a run of this runner in a guest also names its kernel
take_line()
{
	if [[ $1 =~ $RESULT ]]; then
		take_result "${BASH_REMATCH[1]}" "${BASH_REMATCH[5]}"
	elif [[ $1 =~ $PLAN ]]; then
		planned=${BASH_REMATCH[1]}
		skip_reason=${BASH_REMATCH[3]}
	elif [[ $1 =~ $KERNEL ]]; then
		prefix="$(kernel_name "${BASH_REMATCH[1]}") "
	elif [[ $1 =~ $TIME ]]; then
		take_time "$1"
	elif [ "$1" ]; then
		printf '%s\n' "${1#\# }" >>"$log"
	fi
}

# with_status COMMAND...: its output, then its exit status on a line of its own,
# and the CPU time. So its end is seen even when something that it left behind
# holds the pipe.
with_status()
{
	local code=0

	BPFPATH_TEST=$tag BPFPATH_TRACES=$log.traces \
		timeout --foreground -k 5 "$limit" "$@" </dev/null || code=$?
	printf '\nend %s %s\n' "$tag" "$code"
	times
}

# next_line: sets line; until one begins, the progress is shown. Only the first character
# has a time limit: at the end of one, bash's read can take a newline and yet say that
# there was none, and so two lines would become one.
next_line()
{
	local code=128 rest

	line=
	until [[ $code -le 1 || $line ]]; do
		code=0
		IFS= read -r -n 1 -t "$TICK" line || code=$?
		[ "$code" -le 1 ] || show_progress
	done
	[ "$line" ] || return "$code"
	IFS= read -r rest
	code=$?
	line+=$rest
	return "$code"
}

# collect COMMAND...: takes in what it prints; sets status, cpu and strays
collect()
{
	local line

	status=255
	cpu=0
	while next_line; do
		if [[ $line == "end $tag "* ]]; then
			status=${line##* }
			read -r && read -r line && cpu=$(cpu_of "$line")
			break
		fi
		take_line "$line"
	done < <(with_status "$@" 2>>"$log")
	end_strays
}

# wait_for_strays: 1 when some are still there
wait_for_strays()
{
	local tries=$SOON

	while [ "$(tagged_processes "$tag")" ]; do
		tries=$((tries - 1))
		[ "$tries" -gt 0 ] || return 1
		sleep 0.1
	done
}

signal_strays()
{
	local pid

	for pid in $(tagged_processes "$tag"); do
		kill -s "$1" "$pid" 2>/dev/null || true
	done
}

# name_strays: their command lines
name_strays()
{
	local pid

	for pid in $(tagged_processes "$tag"); do
		tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" || true
		echo
	done
}

# end_strays: processes of the program that are there after its end
end_strays()
{
	strays=
	wait_for_strays && return
	strays=$(name_strays)
	signal_strays TERM
	wait_for_strays || signal_strays KILL
}

timed_out()
{
	[ "$status" -eq 124 ] || [ "$status" -eq 137 ]
}

# judge: whether the program did what it planned
judge()
{
	if timed_out; then
		fail "$label: no end after $limit seconds"
	elif [ -z "$planned" ]; then
		fail "$label: no plan (exit status $status)"
	elif [ "$seen" -ne "$planned" ]; then
		fail "$label: $seen of $planned results (exit status $status)"
	elif [ "$status" -ne 0 ] && [ "$failed" -eq "$failed_before" ]; then
		fail "$label: exit status $status, though nothing failed"
	elif [ "$skip_reason" ]; then
		skip "$label" "$skip_reason"
	elif [ "$planned" -eq 0 ]; then
		fail "$label: no tests in it"
	fi
}

# run_program LABEL PLACE COMMAND...: a program that prints TAP
run_program()
{
	begin "$1" "$2"
	collect "${@:3}"
	judge
	note_program
	finish
}

# place_of FILE: its group and name; of one that is not ours the name
place_of()
{
	local name=${1##*/} group=

	case $1 in
	"$TOP"/selftests/*/*) group=${1%/*} group=${group##*/}/ ;;
	"$TOP"/build/tests/*) group=unit/ ;;
	esac
	echo "$group${name%.t}"
}

# run_file FILE: a test script, which leaves the machine as it was
run_file()
{
	local before after

	before=$(state_alone)
	begin "$(basename "$1" .t)" "$(place_of "$1")"
	collect "${ALONE[@]}" bash "$1"
	judge
	timed_out && strays=
	after=$(state_alone)
	if [ "$before" = "$after" ] && [ -z "$strays" ]; then
		pass "$label: left nothing behind"
	else
		fail "$label: left something behind"
		diff <(echo "$before") <(echo "$after") >>"$log" || true
		printf 'process: %s\n' "$strays" >>"$log"
	fi
	note_program
	finish
}

# run_check LABEL COMMAND...: a program that only has an exit status
run_check()
{
	begin "$1"
	collect "${@:2}"
	if [ "$status" -eq 0 ]; then
		pass "$label"
	else
		fail "$label: exit status $status"
	fi
	note_program
	finish
}
