# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # "label" and "jobs" are of others
#
# progress.sh: one line on the terminal: what runs and for how long, what is done and
# what is left. It prints nothing where stderr is no terminal. Sourced by run.sh, which
# sets todo.

todo=0		# programs of this run, in guests, too
done_here=0	# of them
progress=	# it is shown

[[ ! -t 2 || $TERM == dumb ]] || progress=yes

# done_in_guests: how many programs have ended in the guests not yet followed
done_in_guests()
{
	[ "$jobs" ] || { echo 0; return; }
	cat "$jobs"/*.tap | grep -cE '^# time [^ ]+ [^ ]+/' || true
}

show_progress()
{
	local count

	[ "$progress" ] || return 0
	count=$((done_here + $(done_in_guests)))
	printf '\r\e[K%d done, %d left, %d:%02d: %.40s' "$count" \
		$((todo - count)) $((SECONDS / 60)) $((SECONDS % 60)) \
		"$label" >&2
}

hide_progress()
{
	[ -z "$progress" ] || printf '\r\e[K' >&2
}

# put LINE: to stdout, which may be the same terminal
put()
{
	hide_progress
	printf '%s\n' "$1"
}
