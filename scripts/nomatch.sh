# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2004,SC2154 # of bpfpath.sh, options.sh, hooks.sh, front.sh
#
# nomatch.sh: why a run has had no packet, as far as that is known; sourced by bpfpath.sh.
# "bpfload trace" writes RUN/unmatched (loader/trace/trace.h).

declare -A MISSED	# what matched, "7 arrived at eth1" a line: by the reason
PASSED=()	# the same of all that passed where packets are selected
declare -A COUNTED=([looked]=0 [full]=0 [skipped]=0)	# packets: see there

# netns_called INODE: sets "called", " in NAME" of a namespace; empty for the only chosen one
netns_called()
{
	local inode path files

	called=
	[[ $NETNS_ALL || ${NETNS_INODES[*]} != "$1" ]] || return 0
	called=" in this network namespace"
	[ "$(netns_inode '')" != "$1" ] || return 0
	called=" in a network namespace without name"
	files=$(netns_files)
	while read -r inode path; do
		[[ $inode = "$1" && $path = /run/netns/* ]] || continue
		called=" in namespace ${path##*/}"
		return
	done <<<"$files"
}

# is_place INODE NAME INDEX: sets "reason", empty where packets of that interface are selected
is_place()
{
	local key=$1,$3

	reason=
	if [ -z "$NETNS_ALL" ] && [[ " ${NETNS_INODES[*]} " != *" $1 "* ]]; then
		reason="in another network namespace${netns:+ (-N $netns)}"
	elif [ ${#DEVICES[@]} != 0 ] && [[ " ${DEVICES[*]} " != *" $key "* ]]; then
		reason="at another interface than ${IFACES[*]}"
	elif ! is_named "$2"; then
		reason="at another interface (--ifname $IFNAME)"
	fi
}

# missed_here DIR: sets "reason" for what matched at an interface where packets are selected
missed_here()
{
	if [[ $dir != both && $dir != "$1" ]]; then
		reason="in the other direction (-d $dir)"
	elif [ "$uid$pid$comm" ]; then
		reason="not known to be made by that${uid:+ user}${pid:+ process}${comm:+ command}"
	else
		reason="did not come to where packets are selected"
	fi
}

# nomatch_take WHAT DIR INODE INDEX NAME PACKETS MARK: takes in a line of RUN/unmatched
nomatch_take()
{
	local called reason text
	local -A passes=([in]='arrived at' [out]='left by')

	case $1 in
	looked | full | skipped) COUNTED[$1]=$6; return ;;
	esac
	netns_called "$3"
	is_place "$3" "$5" "$4"
	text="$6 ${passes[$2]} '$5'$called"
	case $1 in
	passed)
		[[ $reason || ( $dir != both && $dir != "$2" ) ]] || PASSED+=("$text")
		return ;;
	matched) [ "$reason" ] || missed_here "$2" ;;
	mark) reason="but for the mark (-m $mark)" text+=" with $7" ;;
	inner) reason="but for the packet inside (--inner)" ;;
	esac
	MISSED[$reason]+=$text$'\n'
}

# nomatch_read: takes in the table on stdin, the largest numbers first
nomatch_read()
{
	local table what way inode index name packets marked

	table=$(rows what!=- what dir netns ifindex ifname packets mark |
		sort -t $'\t' -k 6,6nr -k 5,5)
	while IFS=$'\t' read -r what way inode index name packets marked; do
		[ -z "$what" ] ||
			nomatch_take "$what" "$way" "$inode" "$index" "$name" "$packets" "$marked"
	done <<<"$table"
}

# say_front: names again what sees packets before our classifiers
say_front()
{
	local place
	local -A was=()

	for place in "${!PREF_OF[@]}"; do
		[ "${PREF_OF[$place]}" = tcx ] || was[$place]=${FRONT[$place]:-}
	done
	[[ $select != receive && ${#PREF_OF[@]} != 0 ]] || return 0
	look_in_front --xdp "${!PREF_OF[@]}"
	for place in "${!PREF_OF[@]}"; do
		: "${FRONT[$place]:=${was[$place]:-}}"
		[ -z "${FRONT[$place]}" ] || warn_of_front "$place"
	done
	note_before
	say_all
}

# packets N: sets "packets": so many, in words
packets()
{
	packets="$1 packets"
	[ "$1" != 1 ] || packets='1 packet'
}

# say_passed: what passed where packets are selected
say_passed()
{
	local where="where packets are selected"

	[ ${#IFACES[@]} = 0 ] || where="at $(some "${IFACES[@]}")"
	if [ ${#PASSED[@]} != 0 ]; then
		say "seen: $(some "${PASSED[@]}")"
	elif [ "${COUNTED[looked]}" != 0 ]; then
		packets "${COUNTED[looked]}"
		say "looked at $packets"
	else
		say "no packet was seen $where"
	fi
}

# no_packet: says that none has matched, and unless -q all that is known of why
no_packet()
{
	local reason packets
	local -a texts

	if [ -e "$RUN/unmatched" ]; then
		nomatch_read <"$RUN/unmatched"
	fi
	if [ "${COUNTED[full]}" != 0 ]; then
		packets "${COUNTED[full]}"
		say "$packets matched, and could not be followed: $FILTER_TEXT"
	else
		say "no packet matched: $FILTER_TEXT"
	fi
	[[ -z $quiet && -e $RUN/unmatched ]] || return 0
	say_passed
	for reason in "${!MISSED[@]}"; do
		mapfile -t texts <<<"${MISSED[$reason]%$'\n'}"
		say "matched, but ${reason#but }: $(some "${texts[@]}")"
	done
	[ "${COUNTED[skipped]}" = 0 ] || {
		packets "${COUNTED[skipped]}"
		say "$packets more passed, too many at a time to be looked at for this"
	}
	say_left_out
	say_front
}
