# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# hooks.sh: the classifier on the interfaces, sourced by bpfpath.sh.
#
# A filter of ours takes the lowest free preference of its hook, to see packets
# before another filter can decide over them. Filters are added only while the
# file RUN/filters is there, in which they are noted first (tc.sh).

HOOK_HANDLE=$((RANDOM << 15 | RANDOM + 1))

declare -A FORM	# of the namespace's interfaces that is dealt with: ether, l3

HOOKS=()	# of the run: ingress, egress

TRIES=6		# where the first time fails, since an interface is just being made
retry=()	# lines of "bpfload netdevs" that are to be tried again
declare -A TRIED	# how often: by "INODE.IFINDEX"
declare -A SINCE	# when it appeared, in microseconds: the same

declare -A PREF_OF	# preference of our filters: by "INODE.IFINDEX.HOOK"
declare -A LEFT_OUT	# names of interfaces: by the reason
attached=0		# filters added
refused=0		# interfaces and hooks that took none

# take_prefs INODE HOOK IFNAME...: sets PREF_OF of each interface that has none yet, to
# the lowest preference without a filter; "had": the interfaces that may have filters
take_prefs()
{
	local inode=$1 hook=$2 name pref filters=
	local -A taken=()
	local -a old=()
	shift 2

	for name; do
		[[ $had != *" $name "* ]] || old+=("$name")
	done
	[ ${#old[@]} = 0 ] || filters=$(filters_there "$hook" "${old[@]}")
	while read -r name pref; do
		taken[$name.$pref]=1
	done <<<"$filters"
	for name; do
		pref=1
		while [ "${taken[$name.$pref]:-}" ]; do
			pref=$((pref + 1))
		done
		: "${PREF_OF[$inode.${IFINDEX[$name]}.$hook]:=$pref}"
	done
}

# refuse NAME HOOK [WHY]: says that no filter can be attached there
refuse()
{
	refused=$((refused + 1))
	say "interface '$1': takes no classifier ($2)${3:+: $3}"
}

# with_place HOOK IFNAME...: sets "names" to the interfaces that have a place
# for a filter. An ingress qdisc in the place of clsact takes a filter for egress as
# well, but hands it packets that arrive.
with_place()
{
	local hook=$1 name one_way=
	shift

	names=()
	[ "$hook" != egress ] ||
		with_qdisc one_way ingress <<<"$qdiscs"
	for name; do
		if [[ $one_way = *" $name "* ]]; then
			refuse "$name" "$hook" "it has an ingress qdisc"
		else
			names+=("$name")
		fi
	done
}

# add_filters INODE HOOK IFNAME...: notes a filter for each interface, and appends
# the tc command that adds it to "commands", with its "HOOK IFNAME" in "meant"
add_filters()
{
	local inode=$1 hook=$2 name pref pin filter
	shift 2

	for name; do
		pref=${PREF_OF[$inode.${IFINDEX[$name]}.$hook]}
		pin=$PINS/${hook}_${FORM[$name]}
		note "$inode" "$name" "$hook" "$pref" "$HOOK_HANDLE"
		filter="pref $pref handle $HOOK_HANDLE protocol all"
		filter+=" bpf direct-action object-pinned $pin"
		commands+=("filter add dev $name $hook $filter")
		meant+=("$hook $name")
	done
}

# add_qdiscs INODE IFNAME...: the same for a clsact on each
add_qdiscs()
{
	local inode=$1 name
	shift

	for name; do
		clsact_note "$inode" "$name"
		commands+=("qdisc add dev $name clsact")
		meant+=("clsact $name")
	done
}

# kernel_says: the part of tc's message that says why it failed
kernel_says()
{
	local said

	said=$(grep -v '^Command failed\|^We have an error' |
		sed 's/^Error: //; s/^RTNETLINK answers: //; s/\.$//' | sed -n 1p)
	case $said in
	*'Parent Qdisc doesn'*) echo "its clsact qdisc has been taken away" ;;
	*'Operation not supported'* | *'Unknown filter'* | *'Specified filter kind'*)
		echo "this kernel has no classifier for it (CONFIG_NET_CLS_BPF)" ;;
	*) echo "${said:-the kernel does not say why}" ;;
	esac
}

# failed_filter INODE HOOK IFNAME: judges a filter that tc could not add. An interface
# that was told of twice has that filter already; one that has just appeared is tried
# again; one that is gone again is no failure. "messages" are tc's, "there" the
# interfaces that are there.
failed_filter()
{
	local inode=$1 hook=$2 name=$3 key=$1.${IFINDEX[$3]}

	attached=$((attached - 1))
	[ -z "${known[$key.$hook]:-}" ] || return 0
	failed[$name]=yes
	unset "PREF_OF[$key.$hook]"
	: "${there:=$(netdevs_of "$netns_path" 2>/dev/null | rows netns!=- ifname || true)}"
	[[ $'\n'$there$'\n' = *$'\n'"$name"$'\n'* ]] || return 0
	if [ "${SINCE[$key]:-}" ] && [ $((TRIED[$key] += 1)) -lt $TRIES ]; then
		again[$name]=yes
	else
		refuse "$name" "$hook" "$(kernel_says <<<"$messages")"
	fi
}

# take_failures INODE: takes in which of the batch "commands" have failed; "line_of" are
# lines of "bpfload netdevs"
take_failures()
{
	local inode=$1 line lines hook name there=
	local -A again=()

	lines=$(failed_lines <<<"$messages")
	for line in $lines; do
		read -r hook name <<<"${meant[line - 1]}"
		if [ "$hook" = clsact ]; then
			rm -f "$CLSACT_MARKS/$inode.${IFINDEX[$name]}"
		else
			failed_filter "$inode" "$hook" "$name"
		fi
	done
	for name in "${!again[@]}"; do
		retry+=("${line_of[$inode.${IFINDEX[$name]}]}")
	done
}

# is_taken_in KEY: succeeds for a filter that was not there before
is_taken_in()
{
	local hook

	for hook in "${HOOKS[@]}"; do
		[[ -z ${PREF_OF[$1.$hook]:-} || ${known[$1.$hook]:-} ]] || return 0
	done
	return 1
}

# say_blind INODE: says for how long interfaces that have appeared had no filter
say_blind()
{
	local name key ms

	for name in "${!IFINDEX[@]}"; do
		key=$1.${IFINDEX[$name]}
		[[ ${SINCE[$key]:-} && -z ${failed[$name]:-} ]] || continue
		ms=$(((${EPOCHREALTIME/[.,]/} - SINCE[$key]) / 1000))
		[ "$quiet" ] || ! is_taken_in "$key" ||
			say "interface '$name' appeared, and nothing was selected" \
				"there for $((ms / 1000)).$(printf %03d $((ms % 1000))) s"
		unset "SINCE[$key]" "TRIED[$key]"
	done
}

# attach_netns INODE: attaches to the interfaces in IFINDEX and FORM, with one tc for all
# qdiscs and filters
attach_netns()
{
	local inode=$1 name hook qdiscs had key messages batch
	local -a new=() names=() commands=() meant=()
	local -A known=() failed=()

	for key in "${!PREF_OF[@]}"; do
		known[$key]=1
	done
	qdiscs=$(qdiscs_there 2>/dev/null) || return 0	# the namespace is gone
	with_qdisc had clsact ingress <<<"$qdiscs"
	for name in "${!IFINDEX[@]}"; do
		[[ $had = *" $name "* ]] || new+=("$name")
	done
	add_qdiscs "$inode" "${new[@]}"
	for hook in "${HOOKS[@]}"; do
		with_place "$hook" "${!IFINDEX[@]}"
		take_prefs "$inode" "$hook" "${names[@]}"
		add_filters "$inode" "$hook" "${names[@]}"
		attached=$((attached + ${#names[@]}))
	done
	[ ${#commands[@]} != 0 ] || return 0
	printf -v batch '%s\n' "${commands[@]}"
	messages=$(tc_batch 2>&1 <<<"$batch")
	[ -z "$messages" ] || take_failures "$inode"
	say_blind "$inode"
}

# why_not FORM: sets "why": why an interface of that form is left out; fails when it is
# not left out
why_not()
{
	why="packets of device type $1 are not known"
	[[ $1 = ether || $1 = l3 ]] || return 0
	why=${NO_FORM[$1]:-the expression is not for such packets}
	[ ! -e "$PINS/${HOOKS[0]}_$1" ]
}

# read_ifaces: sets IFINDEX and FORM by lines "IFINDEX FORM IFNAME"; of an interface that
# has two lines, the newer name counts
read_ifaces()
{
	local index form name
	local -A name_of=()

	IFINDEX=() FORM=()
	while read -r index form name; do
		[ -z "${name_of[$index]:-}" ] ||
			unset "IFINDEX[${name_of[$index]}]"
		name_of[$index]=$name
		IFINDEX[$name]=$index FORM[$name]=$form
	done
}

# attach_netdevs: reads lines of "bpfload netdevs" and attaches to the chosen interfaces
attach_netdevs()
{
	# shellcheck disable=SC2034 # netdev_read() sets time
	local line time inode path index form name kind lower why
	local -A path_of=() netdevs_in=() line_of=() IFINDEX FORM

	while netdev_read; do
		is_chosen "$name" || continue
		if why_not "$form"; then
			LEFT_OUT[$why]+="${LEFT_OUT[$why]:+, }'$name'"
			continue
		fi
		path_of[$inode]=${path#-}
		line_of[$inode.$index]=$line
		netdevs_in[$inode]+="$index $form $name"$'\n'
	done
	for inode in "${!path_of[@]}"; do
		netns_path=${path_of[$inode]}
		read_ifaces <<<"${netdevs_in[$inode]%$'\n'}"
		attach_netns "$inode"
	done
}

say_left_out()
{
	local why

	for why in "${!LEFT_OUT[@]}"; do
		say "left out: interface ${LEFT_OUT[$why]}: $why"
	done
}

# hooks_attach_all HOOK...: attaches at ingress, egress, of all chosen interfaces, the
# program PINS/HOOK_FORM to each. ifaces_choose has found those that are there; those
# that appear later are followed
hooks_attach_all()
{
	HOOKS=("$@")
	[ ${#IFACES[@]} != 0 ] && [ -z "$NETNS_ALL" ] || takes_new=yes
	hooks_lock
	notes_begin
	attach_netdevs <<<"$NETDEVS_THERE"
	hooks_unlock
	check_attached
	follow_netdevs >&2 &
	# shellcheck disable=SC2034 # of follow.sh
	follower_pid=$!
	exec {NETDEVS_FD}<&-
	NETDEVS_FD=
}

# check_attached: exits unless enough is attached to go on. With -i any, interfaces that
# take no classifier are left out; and when there is none yet, one may appear.
check_attached()
{
	if [ ${#IFACES[@]} != 0 ] || [ -z "$quiet" ]; then
		say_left_out
	fi
	[ "$refused" = 0 ] || [ ${#IFACES[@]} = 0 ] || die "nothing is traced"
	[ "$attached" = 0 ] || return 0
	[ "$refused" = 0 ] || die "no interface takes a classifier"
	[ ${#LEFT_OUT[@]} = 0 ] || wrong "no packet can match on these interfaces"
	[ "$takes_new" ] || die "the interfaces are gone"
	say "no such interface yet: '${IFNAME:-any}'"
}
