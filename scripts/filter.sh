# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# filter.sh: which packets the user wants, from words and options to the header
# expression.h that classifier and seeds are compiled with (bpf/filter.h);
# sourced by bpfpath.sh. What the words mean, bpfload finds out.

proto=		# the short form …
address=
expression=	# … or pcap-filter(7)

FILTER_TEXT=	# expression.h
declare -A NO_FORM	# form: why no packet can match that begins so

# is_short WORD...: a protocol and one word more
is_short()
{
	[[ $# = 2 && " icmp icmp6 tcp udp " = *" $1 "* ]]
}

# read_expression FILE: "-" is standard input
read_expression()
{
	local file=$1

	[ "$file" != - ] || file=/dev/stdin
	if [ -d "$file" ] || [ ! -r "$file" ]; then
		die "$1: cannot be read"
	fi
	expression=$(<"$file")
	expression=${expression//$'\n'/ }
	[[ $expression = *[![:blank:]]* ]] || wrong "$1: no filter expression in it"
}

# filter_words WORD...: sets what the user has asked for
filter_words()
{
	if [ "$filter_file" ]; then
		[ $# = 0 ] || wrong "'$1': the filter is in $filter_file already"
		read_expression "$filter_file"
	elif is_short "$@"; then
		proto=$1 address=$2
	elif [ $# = 1 ] && [ "$1" = - ]; then
		read_expression -
	elif [ $# -gt 0 ]; then
		expression=$*
	elif [ "$inner$mark$ifname$uid$pid$comm" ]; then
		expression=
	elif [ -p /dev/stdin ] || [ -f /dev/stdin ]; then
		read_expression -
	else
		wrong "which packets? icmp|icmp6|tcp|udp SRC_ADDRESS, or an expression"
	fi
}

# filter_defaults: where the short form and an expression look for packets
filter_defaults()
{
	if [ "$proto" ]; then
		: "${dir:=in}"
	else
		: "${dir:=both}" "${ifaces:=any}"
	fi
	[[ $dir != in || ! $uid$pid$comm ]] ||
		wrong "only packets made here have a user and a process:" \
			"-d out or both, not in"
}

# filter_text: in words, for people
filter_text()
{
	local text=$expression

	case $proto:$address in
	icmp6:*) text="icmp6 and src host $address" ;;
	?*:*:*) text="ip6 and $proto and src host $address" ;;
	?*:*) text="$proto and src host $address" ;;
	esac
	echo "${text:-packets}${inner:+, inner: $inner}${mark:+, mark $mark}${ifname:+, interface $ifname}${uid:+, user $uid}${pid:+, process $pid}${comm:+, command $comm}"
}

# filter_compile: sets FILTER_TEXT and NO_FORM
filter_compile()
{
	local form
	local -a wish=(-e "$expression")

	[ -z "$proto" ] || wish=(-- "$proto" "$address")
	FILTER_TEXT=$("$BPFLOAD" filter ${inner:+-I "$inner"} ${mark:+-m "$mark"} \
		${uid:+-u "$uid"} ${pid:+-p "$pid"} ${comm:+-c "$comm"} \
		"${wish[@]}") || exit $?
	for form in ether raw; do
		[[ $FILTER_TEXT = *"#define HAVE_${form^^}"* ]] ||
			NO_FORM[$form]=$(sed -n "s|^/\* $form: \(.*\) \*/\$|\1|p" \
				<<<"$FILTER_TEXT")
	done
	[ -z "$verbose" ] || printf '%s\n' "$FILTER_TEXT" >&2
}

# filter_forms: the forms of packets that can match
filter_forms()
{
	local form

	for form in ether raw; do
		[ "${NO_FORM[$form]+no}" ] || echo "$form"
	done
}

# ports_here COMMAND...: the UDP ports of tunnels that it tells of, in all chosen
# namespaces, each behind a comma
ports_here()
{
	local netns_path # of "ns"

	# shellcheck disable=SC2034 # "ns" reads it
	for netns_path in "${NETNS_PATHS[@]}"; do
		ns "$@" 2>/dev/null | grep -oE '(dst)?port [0-9]+( gue)?'
	done | sed -E 's/.*port ([0-9]+).*/, \1/' | sort -u | tr -d '\n'
}

# filter_ports: adds to FILTER_TEXT where tunnels are looked for, besides the
# ports that they usually have (bpf/tunnel.h)
filter_ports()
{
	[ "$inner" ] || return 0
	FILTER_TEXT+=$(printf '\n#define %s' \
		"VXLAN_PORTS 4789, 8472$(ports_here ip -d link show type vxlan)" \
		"GENEVE_PORTS 6081$(ports_here ip -d link show type geneve)" \
		"GUE_PORTS 6080$(ports_here ip fou show)")
}

# seed_macros: by which interfaces a packet made here is to leave (bpf/seed.h)
seed_macros()
{
	local IFS=,

	[ "$NETNS_ALL" ] || echo "-DSEED_NETNS=${NETNS_INODES[0]}"
	[ ${#DEVICES[@]} = 0 ] || echo "-DSEED_DEVICES=${DEVICES[*]}"
	[ "$ifname" ] || return 0
	if [[ $ifname = *'*' ]]; then
		echo "-DSEED_IFNAME_LEN=$((${#ifname} - 1))"
	else
		echo "-DSEED_IFNAME_LEN=$((${#ifname} + 1))"
	fi
	echo "-DSEED_IFNAME=\\\"${ifname%'*'}\\\""
}
