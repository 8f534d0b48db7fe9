# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154 # of bpfpath.sh and hooks.sh
#
# follow.sh: interfaces that appear and go during a run, sourced by bpfpath.sh.
# "bpfload netdevs" tells of them, and a subshell of the driver attaches to them.

NETDEVS_FD=	# lines of "bpfload netdevs", …
NETDEVS_THERE=	# … and the first below the header: the interfaces that are there
netdevs_pid=	# … which follows interfaces …
follower_pid=	# … for this process, which attaches
takes_new=	# it takes in interfaces that appear

RETRY_SEC=0.5	# between two tries at an interface that is just being made
GUARD_SEC=1	# between two looks at who stands in front

# netdevs_start: starts "bpfload netdevs" and sets NETDEVS_FD, which its lines come from
netdevs_start()
{
	local FROM TO

	run_pipe netdevs
	(drop_locks; netdevs --follow $$) >&"$TO" {TO}>&- {FROM}<&- &
	netdevs_pid=$!
	exec {TO}>&-
	NETDEVS_FD=$FROM
}

# netdevs_first: sets NETDEVS_THERE, the interfaces that are there; an empty line ends them,
# and fails without one
netdevs_first()
{
	local line

	NETDEVS_THERE=
	netdevs_header <&"$NETDEVS_FD" || return
	while read -r line; do
		[ "$line" ] || return 0
		NETDEVS_THERE+=$line$'\n'
	done <&"$NETDEVS_FD"
	return 1
}

# netdevs_more SECONDS: waits for news, no longer than that, takes all that are told
# by then; fails when no more will come
netdevs_more()
{
	local line status=0

	read -r -t "$1" line <&"$NETDEVS_FD" || status=$?
	[ $status -le 128 ] || return 0
	[ $status = 0 ] || return
	echo "$line"
	while read -t 0 -r <&"$NETDEVS_FD" && read -r line <&"$NETDEVS_FD"; do
		echo "$line"
	done
}

# lose_netdev INODE PATH INDEX FORM NAME: forgets an interface that is gone; or whose
# namespace has lost its name, but may live on
lose_netdev()
{
	local key=$1.$3 hook was='' netns_path

	[ "$4" != left ] || ! netns_find "$1" "$2" || return 0
	for hook in "${HOOKS[@]}"; do
		was+=${PREF_OF[$key.$hook]:-}
	done
	place_forget "$1" "$3"
	unset "SINCE[$key]" "TRIED[$key]"
	[ "$was" ] || return 0
	if [ ${#PREF_OF[@]} = 0 ]; then
		say "interface '$5' is gone, the last one at which packets were selected"
	elif [ ${#IFACES[@]} != 0 ]; then
		say "interface '$5' is gone: no packet is selected there any more"
	fi
}

# take_news: takes in what "bpfload netdevs" has told, a line each
take_news()
{
	local line time inode path index form name kind lower new=()

	while netdev_read; do
		case $form in
		'') continue ;;
		gone | left) lose_netdev "$inode" "$path" "$index" "$form" "$name" ;;
		*)	SINCE[$inode.$index]=$time
			new+=("$line") ;;
		esac
	done
	new=("${retry[@]}" "${new[@]}")
	retry=()
	[ -z "$takes_new" ] || [ ${#new[@]} = 0 ] ||
		attach_netdevs <<<"$(printf '%s\n' "${new[@]}")"
}

# follow_netdevs: attaches to interfaces that appear, and sees to it that our classifiers stay
# in front. It ends with bpfload, which ends
# with the driver: who removes the notes then finds all that was attached.
follow_netdevs()
{
	local lines pause guarded=$SECONDS

	trap '' INT TERM HUP
	trap - EXIT
	drop_locks
	while pause=${retry:+$RETRY_SEC}; lines=$(netdevs_more "${pause:-$GUARD_SEC}"); do
		hooks_lock
		[ -e "$RUN/filters" ] || break
		LEFT_OUT=()
		[[ -z $lines && ${#retry[@]} = 0 ]] || take_news <<<"$lines"
		[ $SECONDS = $guarded ] || front_guard
		guarded=$SECONDS
		hooks_unlock
		[ "$quiet" ] || say_left_out
	done
	front_guard over
	[ -e "$RUN/ends" ] || ! kill -0 $$ 2>/dev/null ||
		say "interfaces are followed no longer: none that appears is looked at"
}

# netdevs_end: stops following interfaces
netdevs_end()
{
	[ -z "$netdevs_pid" ] || kill "$netdevs_pid" 2>/dev/null || true
	[ -z "$NETDEVS_FD" ] || exec {NETDEVS_FD}<&-
	netdevs_pid='' NETDEVS_FD=
}

# hooks_unfollow: stops attaching to interfaces that appear
hooks_unfollow()
{
	[ ! -d "$RUN" ] || : >"$RUN/ends"
	netdevs_end
	[ -z "$follower_pid" ] || wait "$follower_pid" || true
}
