#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: what is made of a packet is followed, too: clones, copies, parts
# requires: root tool:listener tool:segments cmd:clang kprobes
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/kin.sh"
plan 35

new_lab || exit 1

# has_multi: kprobe.multi stands on fprobe
has_multi()
{
	grep -qx 'CONFIG_FPROBE=y' "/boot/config-$(uname -r)"
}

request=(-o records -w 60 -N)

# ------------------------------------------------------------ taps

# A packet socket on A has a clone of what leaves by the macvlan, and one of
# what the device below sends.
listen A packet
for how in kprobe multi fentry; do
	if [ "$how" = multi ] && ! has_multi; then
		for what in "exit status" "the family" "no steps are lost"; do
			skip "tap, $how: $what" "no fprobe"
		done
		continue
	fi
	maker=skb_clone
	[ "$how" != fentry ] || maker=__copy_skb_header
	trace "tap-$how" ping_peer 10.0.0.1 -- "${request[@]}" "$NS_A" \
		-a "$how" -d out 'icmp and dst host 10.0.0.1'
	family "tap-$how" "1 1 - consumed|1 1.1 $maker consumed|1 1.2 $maker consumed" \
		"tap, $how"
done

# Without a ring buffer; a line of trace_pipe does not say who made it.
for read in map pipe; do
	maker=skb_clone
	[ "$read" != pipe ] || maker=__copy_skb_header
	trace "tap-$read" ping_peer 10.0.0.1 -- "${request[@]}" "$NS_A" \
		-r "$read" "${FEW[@]}" -d out 'icmp and dst host 10.0.0.1'
	family "tap-$read" "1 1 - consumed|1 1.1 $maker consumed|1 1.2 $maker consumed" \
		"tap, read by $read"
done
mute

# ------------------------------------------------------------ sockets

# A raw socket on B has a clone of the request, beside the kernel's own ICMP.
listen B raw
trace raw ping_peer 10.0.0.1 -- "${request[@]}" "$NS_B" -i veth-b \
	'icmp and src host 10.0.0.2'
family raw "1 1 - consumed|1 1.1 skb_clone consumed" "raw socket"
mute

# ------------------------------------------------------------ a bridge

add_devices bridge
batch A <<-END
	link add port-x type veth peer name far-x
	link add port-y type veth peer name far-y
	link set port-x master bridge-a up
	link set port-y master bridge-a up
	link set far-x up
	link set far-y up
END
# Its own address is not known there: to all three ports.
flooded()
{
	set_neighbours "$NS_A" bridge-a 02:00:00:00:00:77 10.1.0.77
	ping_peer 10.1.0.77
}

trace flood flooded -- "${request[@]}" "$NS_A" -d out \
	'icmp and dst host 10.1.0.77'
like "$(tree flood)" \
	'^1 1 - dropped\|1 1.1 skb_clone dropped\|1 1.2 skb_clone dropped$' \
	"flooding: the family"
is "$(gaps flood)" "" "flooding: no steps are lost"

# ------------------------------------------------------------ segments

# veth-a is said to take no more than one segment at once.
ip -n "$NS_A" link set veth-a gso_max_segs 1
trace gso on A "$TOOLS/segments" 10.0.0.1 9 -- "${request[@]}" "$NS_A" -d out \
	'udp dst port 9'
family gso "1 1 - consumed|1 1.1 skb_segment dropped|1 1.2 skb_segment dropped|1 1.3 skb_segment dropped" \
	"segments"

# ------------------------------------------------------------ fragments

# B sends on what does not fit.
add_forwarding
ip -n "$NS_B" link set forward-b mtu 600
far()
{
	on A ping -n -c 1 -W 1 -s 1000 -M dont "$BEYOND" >/dev/null 2>&1
}

trace far far -- "${request[@]}" "$NS_A" -d out "dst host $BEYOND"
family far "1 1 - consumed|1 1.1 ip_frag_next dropped|1 1.2 ip_frag_next dropped" \
	"fragments of a forwarded packet"

# The socket has made them; B puts them together again, in the sk_buff of the
# last one, a clone of which keeps what that held.
big_ping()
{
	on A ping -n -c 1 -W 1 -s 3000 10.0.0.1 >/dev/null 2>&1
}

trace big big_ping -- "${request[@]}" "$NS_A" -d out \
	'icmp and dst host 10.0.0.1'
is "$(tree big | sed 's/ [a-z]*\(|\|$\)/\1/g')" \
	"1 1 -|1 1.1 ip_fraglist_prepare|1 1.2 ip_fraglist_prepare|1 1.2.1 skb_clone" \
	"fragments and reassembly: the family"
is "$(gaps big)" "" "fragments and reassembly: no steps are lost"

# Only the first fragment has the port: what it held goes on in the last one.
trace first udp_from A 10.0.0.1 9 "$(printf '%03000d' 0)" -- \
	"${request[@]}" "$NS_B" -i veth-b 'udp dst port 9'
family first "1 1 - consumed|1 1.1 inet_frag_reasm_prepare dropped" "reassembly"

# ------------------------------------------------------------ XDP on veth

"${CLANG:-clang}" -O2 -target bpf -c -o - \
	-idirafter "/usr/include/$(uname -m)-linux-gnu" \
	"$TOP/selftests/e2e/xdp.c" >"$TMP/pass.o"
ip -n "$NS_B" link set veth-b xdpdrv object "$TMP/pass.o" section xdp
trace xdp ping_peer 10.0.0.1 -- "${request[@]}" "$NS_A" -d out \
	'icmp and dst host 10.0.0.1'
is "$STATUS" 0 "XDP: exit status"
like "$(tree xdp)" \
	'^1 1 - consumed\|1 1.1 (skb_pp_cow_data|veth_[a-z_.]*) consumed$' \
	"XDP: the family"
is "$(gaps xdp)" "" "XDP: no steps are lost"
no_leftovers "nothing is left"
