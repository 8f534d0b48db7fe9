# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# stream.sh: runs test programs and makes one TAP stream of their results. Used
# by run.sh, which sets LOGS, limit and keep_logs.
#
# A test program prints TAP: a plan and as many results. No plan, another number
# of results, a bad exit status or no end in time is a failure, too. Its log (its
# stderr and its diagnostics) is shown when something failed.

LOG_LINES=200	# shown of a log
SOON=20		# tenths of a second that a process has to end by itself

RESULT='^(not )?ok( +[0-9]+)?( +-)?( +(.*))?$'
KERNEL='^# kernel ([0-9]+\.[0-9]+)'
PLAN='^1\.\.([0-9]+)( +# *SKIP *(.*))?$'
SKIP='^(.*) # SKIP *(.*)$'

LOGS=${BPFPATH_LOGS:-$TOP/build/logs}
limit=300	# seconds for a program
keep_logs=	# those of good programs, too

number=0
passed=0
failed=0
skipped=0

# of the program that runs now
label=
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
	printf '%s %d - %s\n' "$1" "$number" "$2"
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
}

# skip WHAT WHY
skip()
{
	skipped=$((skipped + 1))
	emit ok "$1 # SKIP $2"
}

# summary: the end of the stream; fails when the run did
summary()
{
	echo "1..$number"
	echo "$passed passed, $failed failed, $skipped skipped"
	[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

show_log()
{
	tail -n "$LOG_LINES" "$log" | sed 's/^/# /'
	echo "# log: $log"
}

# ---------------------------------------------------------------- a program

# begin LABEL: the next program; its results bear the label
begin()
{
	label=$1
	prefix="$1: "
	tag=$$-$number
	seen=0
	planned=
	skip_reason=
	failed_before=$failed
	mkdir -p "$LOGS"
	log=$LOGS/${label//[^A-Za-z0-9._-]/_}.log
	: >"$log"
}

finish()
{
	if [ "$failed" -gt "$failed_before" ]; then
		show_log
	elif [ -z "$keep_logs" ]; then
		rm -f "$log"
	fi
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
		prefix="${BASH_REMATCH[1]} "
	elif [ "$1" ]; then
		printf '%s\n' "${1#\# }" >>"$log"
	fi
}

# with_status COMMAND...: its output, then its exit status on a line of its own.
# So its end is seen even when something that it left behind holds the pipe.
with_status()
{
	local code=0

	BPFPATH_TEST=$tag timeout --foreground -k 5 "$limit" "$@" \
		</dev/null || code=$?
	printf '\nend %s %s\n' "$tag" "$code"
}

# collect COMMAND...: takes in what it prints; sets status and strays
collect()
{
	local line

	status=255
	while IFS= read -r line; do
		if [[ $line == "end $tag "* ]]; then
			status=${line##* }
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

# run_program LABEL COMMAND...: a program that prints TAP
run_program()
{
	begin "$1"
	collect "${@:2}"
	judge
	finish
}

# machine_state: what no test may change
machine_state()
{
	run_state
	lab_names
	tc_state
}

# run_file FILE: a test script, which leaves the machine as it was
run_file()
{
	local before after

	before=$(machine_state)
	begin "$(basename "$1" .t)"
	collect bash "$1"
	judge
	timed_out && strays=
	after=$(machine_state)
	if [ "$before" = "$after" ] && [ -z "$strays" ]; then
		pass "$label: left nothing behind"
	else
		fail "$label: left something behind"
		diff <(echo "$before") <(echo "$after") >>"$log" || true
		printf 'process: %s\n' "$strays" >>"$log"
	fi
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
	finish
}
