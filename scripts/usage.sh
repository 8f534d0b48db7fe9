# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # of bpfpath.sh
#
# usage.sh: the text of -h and that of -V, sourced by bpfpath.sh. A test compares the options
# in it with those of options.sh and of the man page.

usage()
{
	cat <<'END'
Usage: bpfpath.sh [options] EXPRESSION
       bpfpath.sh [options] icmp|icmp6|tcp|udp SRC_ADDRESS
       bpfpath.sh setup | list | check | clean | demo | show FILE |
                  diff FILE FILE | help | version

Shows the path of a packet through the kernel: one that matches the expression,
pcap-filter(7) as tcpdump takes it ("-" reads it from standard input), or one
that comes from SRC_ADDRESS, which may be the name of a host. An address alone is
what comes from it or goes to it.

  -F, --filter FILE           the expression is in that file
  -I, --inner EXPRESSION      the packet inside of a tunnel's matches this
  -m, --mark M[/MASK]         ... and it has that mark
      --uid U                 ... and that user's socket sends it,
      --pid P                 ... that process has it made,
      --comm NAME             ... or a process of that name
      --skb EXPRESSION        ... with these numbers in its sk_buff:
                              'mark == 0x10 && dev.ifindex == 4'
  -i, --iface IF[,IF...]|any  where packets are selected (default: any; of
                              SRC_ADDRESS the interface of the route to it)
      --ifname NAME|PREFIX*   ... and the interface has that name
  -N, --netns NAME|PID|INODE|all
                              ... in that network namespace
  -d, --dir in|out|both       arriving; leaving or made here; either (default:
                              both; of SRC_ADDRESS in)
  -s, --select auto|clsact|tcx|receive
                              ... by which means: tc, or where packets are received
  -c, --count N               packets to trace, 0 for no end (default: 1)
      --until-differs[=N]     ... until one takes another route than the first N
                              (default: 3): then print what is different
      --baseline FILE         ... than the good packets that were saved there (-W)
  -w, --wait SECONDS          give up when none matched in that time (or 0.5)
      --timeout SECONDS       end after that time, the preparation counts
      --exec COMMAND          run it when all is armed; soon after it has ended
                              the trace ends
      --ready-fd N            write a line to that descriptor when all is armed
  -t, --table N               packets followed at a time (default: 1024)
  -b, --buffer SIZE           of the ring buffer, K or M behind it (default: 16M)
      --id                    each event has the packet's IPv4 identification
      --bytes N               ... and its first N bytes (-o pcapng: 256)
      --stack end|all         ... and the kernel's stack, where it ends or always
      --aside                 ... and functions that work for it, without it
      --aside-funcs FILE      ... those of this list (default: aside_funcs.list)
  -a, --attach auto|kprobe|multi|fentry|tracepoint
  -r, --read auto|ring|map|pipe
  -f, --funcs FILE            the functions to probe (default: kp_funcs.list)
  -A, --all                   ... and every other one that takes a packet
  -R, --returns               ... also where they return (-o tree does so)
  -o, --output text|hops|tree|json|dot|svg|pcapng|records|stats|stats-json|
                              prometheus|folded
  -C, --columns NAME[,NAME...]  of -o text: time, delta, cpu, comm, pid, call,
                              netns, interface, ifindex, proto, flow, icmp, id,
                              mark, len, skb, module, ct, rules, tcp, gso, vlan,
                              tunnel; skb.MEMBER, as skb.dev.mtu; +NAME, -NAME:
                              change the usual
  -W, --write FILE            save the records as well
      --btf FILE              types of a kernel that has none itself (BTF): raw, or
                              in an ELF file, or a directory as /sys/kernel/btf
  -T, --tracepoints           list: the tracepoints that take a packet
  -n, --numeric               as tcpdump takes it: nothing, no names are looked up
  -v, --verbose               more columns, the filter in BPF, what is not probed
  -q, --quiet                 the end of each path, less talk
  -h, --help
  -V, --version

  bpfpath.sh icmp 10.0.0.1                    a ping's reply
  bpfpath.sh -d out tcp dst port 443          what is made here, to its device
  bpfpath.sh -c 0 -o stats udp port 53        many packets, by their routes

  setup   install what building and a run need, and build
  list    the functions and how each can be probed here
  check   what this kernel can do, and what is missing
  clean   remove what killed runs have left behind
  demo    a small network of two nodes, once sound and once broken
  show    print saved records (-W, or -o records)
  diff    show what is different between the paths of two saved records
  help    show this text
  version show the version
END
}

version()
{
	echo "bpfpath $VERSION"
}
