#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: each mechanism shows the same paths
# requires: root cmd:jq kprobes tool:listener tool:stream tool:pins
# All kernels: each has other mechanisms.
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
. "${BASH_SOURCE%/*}/shared.sh"
. "${BASH_SOURCE%/*}/together.sh"
plan 38

OPTIONS=(-o records -N all -d out --uid 0 -c 0)
FILTER=('(icmp[icmptype] = icmp-echoreply and ip[2:2] = 128) or
	udp dst port 99 or (icmp[icmptype] = icmp-echo and ip[8] = 77) or
	(tcp dst port 99 and greater 300)')

new_lab || exit 1

# has_multi: kprobe.multi stands on fprobe
has_multi()
{
	grep -qx 'CONFIG_FPROBE=y' "/boot/config-$(uname -r)"
}

# end_whole NAME: ends that trace, which has seen each step
end_whole()
{
	interrupt "$1"
	is "$(gaps "$1")" "" "$1: no steps are lost"
	is "$(grep 'the kernel refuses' "$TMP/$1.err")" "" \
		"$1: no probe is refused that could be there"
}

# probed NAME: how many functions it says
probed()
{
	sed -n 's/^bpfpath: \([0-9]*\) of .* functions probed.*/\1/p' \
		"$TMP/$1.err"
}

# path_by NAME: what it has seen of the packets
path_by()
{
	local said maker=skb_clone

	[ "$1" != fentry ] || maker=__copy_skb_header
	end_whole "$1"
	mapfile -t said < <(jq -r 'select(.packet and .packet <= 2) |
		"\(.complete) \(.end.how) \(.end.location)"' "$TMP/$1.json")
	# Where, the kernel tells from 6.3 on.
	like "${said[0]}" '^true consumed (null|[a-z_0-9.]+\+0x[0-9a-f]+)$' \
		"$1: complete to its end"
	like "$(funcs "$1" 1 | paste -sd' ')" ' (icmp_rcv|ping_rcv) ' \
		"$1: the function that receives it"
	like "${said[1]}" '^true dropped (__udp4_lib|udp)_rcv\+' "$1: dropped"
	is "$(tree_of "$1" 3)" \
		"1 - consumed|1.1 $maker consumed|1.2 $maker consumed" \
		"$1: clones for a tap"
	is "$(tree_of "$1" 4)" \
		"1 - consumed|1.1 original consumed|1.2 skb_try_coalesce consumed" \
		"$1: merged in a socket's queue"
}

skip_path_by()
{
	local what

	for what in "exit status" "no steps are lost" \
			"no probe is refused that could be there" \
			"complete to its end" \
			"the function that receives it" dropped \
			"clones for a tap" "merged in a socket's queue" \
			"the same path as by kprobes" "as many functions"; do
		skip "$1: $what" "$2"
	done
}

# ---------------------------------------------------------------- the traces

shared_start || exit 1
begin kprobe -a kprobe
! has_multi || begin multi -a multi
begin fentry -a fentry
begin all --all
goes 1 on A ping -n -c 1 -W 1 -s 100 10.0.0.1 >/dev/null
goes 2 send_udp 10.0.0.1 99
listen A packet
window_open
goes 3 ping_ttl A 77 10.0.0.1
wait_for "$PATIENCE" has_families 1
window_take auto
mute
# The first one waits in the socket for its reader, and takes in the second.
goes 4 stream 10.0.0.1 100 300

path_by kprobe
ok "kprobe: an argument that is a sk_buff **" \
	grep -qx macvlan_handle_frame <(funcs kprobe 1)

if has_multi; then
	path_by multi
	is "$(funcs multi 1)" "$(funcs kprobe 1)" \
		"multi: the same path as by kprobes"
	is "$(probed multi)" "$(probed kprobe)" "multi: as many functions"
else
	skip_path_by multi "kernel $(uname -r) has no fprobe"
fi

# fentry knows functions by BTF: modules have none before 5.11, and some functions
# that the compiler has changed have none either.
path_by fentry
unknown=__netif_receive_skb_core
since 5 11 || unknown+='|macvlan_.*|veth_.*'
is "$(funcs fentry 1 | grep -vxE "$unknown")" \
	"$(funcs kprobe 1 | grep -vxE "$unknown")" \
	"fentry: the same path as by kprobes"

# --all: every function that takes a packet, and the list's meaning of the end.
end_whole all
ok "--all: a thousand functions" [ "$(probed all)" -ge 1000 ]
is "$(jq -r 'select(.packet == 1) | "\(.complete) \(.end.how) \(.end.func)"' \
	"$TMP/all.json")" "true consumed consume_skb" "--all: complete to its end"
is "$(comm -13 <(funcs all 1 | sort -u) <(funcs kprobe 1 | sort -u))" "" \
	"--all: what the list shows is there"
ok "--all: and more" [ "$(funcs all 1 | wc -l)" -gt \
	"$(funcs kprobe 1 | wc -l)" ]

# What auto picks, by kernel and by the number of functions: that is the trace
# that labs share.
has_multi && want=multi || want=kprobe
is "$(sed -n 's/^# attach: //p' "$TMP/auto.out")" "$want" "auto: many functions"
like "$(<"$SHARED_DIR/talk")" "using $want" "auto: says so"
"$BPFPATH" -q -o json show "$TMP/auto.out" >"$TMP/auto.json"
is "$(funcs auto 1 | grep -vxF -f <(printf '%s\n' "${SHARED_FUNCS[@]%% *}"))" \
	"$(funcs kprobe 3)" "auto: the path"
