# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2004,SC2154 # of bpfpath.sh, options.sh, hooks.sh, front.sh
#
# nomatch.sh: why a run has had no packet, as far as that is known; sourced by bpfpath.sh.
# "bpfload trace" writes RUN/unmatched (loader/trace/trace.h).

declare -A MISSED	# what matched, "7 arrived at eth1" a line: by the reason, behind a digit
			# that puts what is nearest first
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
	local key=$1,$3 followed=

	[ -z "$takes_new" ] || ! is_chosen "$2" || followed=yes
	reason=
	if [ -z "$NETNS_ALL" ] && [[ " ${NETNS_INODES[*]} " != *" $1 "* ]]; then
		reason="6in another network namespace${netns:+ (-N $netns)}"
	elif [[ ${#DEVICES[@]} != 0 && -z $followed && " ${DEVICES[*]} " != *" $key "* ]]; then
		reason="5at another interface than ${IFACES[*]}"
	elif ! is_named "$2"; then
		reason="5at another interface (--ifname $IFNAME)"
	fi
}

# missed_here: sets "reason" for what matched where packets are selected
missed_here()
{
	reason="1did not come to where packets are selected"
	[ -z "$uid$pid$comm" ] ||
		reason="1not known to be made by that${uid:+ user}${pid:+ process}${comm:+ command}"
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
	[ "$reason" ] || [[ $dir = both || $dir = "$2" ]] ||
		reason="4in the other direction (-d $dir)"
	case $1${reason:+ elsewhere} in
	passed) PASSED+=("$text"); return ;;
	matched) missed_here ;;
	mark) reason="2but for the mark (-m $mark)" text+=" with $7" ;;
	inner) reason="3but for the packet inside (--inner)" ;;
	skb) reason="2but for the sk_buff (--skb $skb)" ;;
	matched\ elsewhere) ;;
	*) return ;;
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

# say_missed: what matched and was not selected
say_missed()
{
	local reason reasons
	local -a texts

	reasons=$(printf '%s\n' "${!MISSED[@]}" | sort)
	while read -r reason; do
		[ "$reason" ] || continue
		# what could not be followed was selected
		[[ $reason != 1* || ${COUNTED[full]} = 0 ]] || continue
		mapfile -t texts <<<"${MISSED[$reason]%$'\n'}"
		reason=${reason#?}
		say "matched, but ${reason#but }: $(some "${texts[@]}")"
	done <<<"$reasons"
}

# no_packet: says that none has matched, and unless -q all that is known of why
no_packet()
{
	local packets

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
	say_missed
	[ "${COUNTED[skipped]}" = 0 ] || {
		packets "${COUNTED[skipped]}"
		say "$packets more passed, too many at a time to be looked at for this"
	}
	say_left_out
	say_front
}
