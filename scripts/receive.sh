# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2004,SC2034,SC2154 # of bpfpath.sh, options.sh, hooks.sh
#
# receive.sh: packets that are looked at where devices hand them to the stack (-s receive,
# bpf/receive.c), sourced by bpfpath.sh. Nothing is attached to interfaces.

# Of these kinds a device gets its packets inside of __netif_receive_skb_core(), behind the
# place where they are looked at (RX_HANDLER_ANOTHER and vlan_do_receive(); of a VRF in IP).
ON_ANOTHER=' vlan macvlan macvtap ipvlan ipvtap bond team vrf '

# receive_flags: sets "flags", options of "bpfload list" for -s receive
receive_flags()
{
	flags=()
	[[ $select = receive && ! $uid$pid$comm ]] || return 0
	[ "$dir" = out ] || flags+=(--receive)
	[ "$dir" = in ] || flags+=(--passing)
}

# receiver: sets "who": what gets the packets that come in for the interface "name" of that
# "kind", which stands on "lower"; fails when they are looked at there or at the interface
receiver()
{
	local lower_name=${name_of[$inode.$lower]:-}

	[[ $ON_ANOTHER = *" $kind "* ]] || return
	case $kind in
	bond | team | vrf)
		[ ${#IFACES[@]} != 0 ] || [ "$IFNAME" ] || return
		who="its ports" ;;
	*)
		[ -z "$lower_name" ] || ! is_chosen "$lower_name" || return
		who=${lower_name:+"'$lower_name'"}
		: "${who:=an interface of another namespace}" ;;
	esac
	who+=" ($kind)"
}

# lacks_form: sets "why": why no packet of the interface of that "form" can match; fails
# when one can
lacks_form()
{
	why="packets of device type $form are not known"
	[[ $form = ether || $form = l3 ]] || return 0
	why=${NO_FORM[$form]:-}
	[ "$why" ]
}

# receive_left_out: sets LEFT_OUT, and "there": how many interfaces are looked at
receive_left_out()
{
	local line time inode path index form name kind lower who why
	local -A name_of=()

	while netdev_read; do
		name_of[$inode.$index]=$name
	done <<<"$NETDEVS_THERE"
	while netdev_read; do
		is_chosen "$name" || continue
		if receiver; then
			why="what arrives there is received by $who"
		elif ! lacks_form; then
			there=$((there + 1))
			continue
		fi
		LEFT_OUT[$why]+="${LEFT_OUT[$why]:+, }'$name'"
	done <<<"$NETDEVS_THERE"
}

# receive_follow: interfaces of a list (-i) are followed: that one is gone is told
receive_follow()
{
	local key

	HOOKS=(receive)
	for key in "${DEVICES[@]}"; do
		PREF_OF[${key/,/.}.receive]=-
	done
	notes_begin
	follow_netdevs >&2 &
	follower_pid=$!
	exec {NETDEVS_FD}<&-
	NETDEVS_FD=
}

# receive_start: says at which of the chosen interfaces nothing is looked at
receive_start()
{
	local there=0

	if [ ${#DEVICES[@]} = 0 ]; then
		netdevs_end
	else
		receive_follow
	fi
	[ "$dir" = out ] || receive_left_out
	if [ ${#IFACES[@]} != 0 ] || [ -z "$quiet" ]; then
		say_left_out
	fi
	[ "$dir" != in ] || [ $there != 0 ] || [ ${#LEFT_OUT[@]} = 0 ] ||
		wrong "no packet can match on these interfaces"
}
