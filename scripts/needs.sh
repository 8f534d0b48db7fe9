# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # of bpfpath.sh
#
# needs.sh: what must be here before a run begins, sourced by bpfpath.sh: root's rights,
# programs that are built or installed, file systems that are mounted, and a way of reading
# that can carry what is asked for.

# need_root: exits unless root runs this, and /proc and /sys are there
need_root()
{
	[ "$EUID" = 0 ] || die "must be run as root (sudo)"
	[ -e /proc/self/mounts ] ||
		die "/proc is not mounted here: mount -t proc proc /proc"
	[ -d /sys/kernel ] ||
		die "/sys is not mounted here: mount -t sysfs sysfs /sys"
}

# has_sources: succeeds in a source tree; an installed bpfpath has none
has_sources()
{
	[ -d "$ROOT/loader" ]
}

# is_built: succeeds when all is made of the sources as they are now (Makefile)
is_built()
{
	local file

	has_sources || return 0
	for file in "$ROOT"/{loader,report}/{,*/}*.[ch] "$ROOT"/lib/*.[ch] \
		"$ROOT"/bpf/{,own/}*.[ch] "$ROOT"/bpf/*.def; do
		[ "$ROOT/build/built" -nt "$file" ] || return 1
	done
}

# need_built: exits unless all is built, since a run installs and makes nothing
need_built()
{
	is_built || die "bpfpath is not built, or its sources are newer:" \
		"'${SELF##*/} setup' builds it"
}

# need PROGRAM...: exits unless these programs, which a run starts, are there
need()
{
	local program advice="install its package"

	! has_sources || advice="'${SELF##*/} setup' installs what is needed"
	for program; do
		type -P "$program" >/dev/null || die "no $program here: $advice"
	done
}

# is_mounted TYPE PATH: succeeds when a file system of that type is mounted there
is_mounted()
{
	local path type

	while read -r _ path type _; do
		[ "$type $path" != "$1 $2" ] || return 0
	done </proc/self/mounts
	return 1
}

# mount_fs TYPE PATH: mounts it unless it is mounted, and says so
mount_fs()
{
	local type=$1 path=$2

	! is_mounted "$type" "$path" || return 0
	mount -t "$type" "$type" "$path" || {
		say "$path: cannot be mounted"
		return 1
	}
	say "mounted $path"
}

# need_ring ASKED TEXT: exits with the text if that is asked for and the ring buffer is not
# read, which alone has room for it
need_ring()
{
	[ -z "$1" ] || [ "$read" = ring ] || {
		say "$2 -r ring"
		exit "$CANNOT"
	}
}

# check_rules: says when no rule can be told that -C asks for
check_rules()
{
	local roles

	[ "$rules" ] || return 0
	need_ring "$rules" "what rules of firewalls say (-C rules) needs"
	roles=$(rows role=rule role <"$RUN/plan") || die "$RUN/plan: cannot be read"
	[ "$roles" ] || say "what rules of firewalls say (-C rules) is not told here: neither" \
		"nftables nor iptables is loaded, or this kernel has no fentry"
}

# check_more: exits if what follows an event is asked for and cannot be had
check_more()
{
	local have_layout

	need_ring "$bytes" "the bytes of packets (--bytes, -o pcapng) need"
	need_ring "$stack" "the kernel's stack (--stack) needs"
	need_ring "$fields" "the fields of packets (-C ${fields%%,*}) need"
	check_rules
	[ "$bytes" ] || return 0
	have_layout=$(rows name=have_layout value <"$RUN/constants") ||
		die "$RUN/constants: cannot be read"
	[ "$have_layout" = 1 ] || {
		say "the bytes of packets (--bytes, -o pcapng) need the kernel's BTF"
		exit "$CANNOT"
	}
}

# check_aside: exits with --aside and -r pipe: a line of trace_pipe has no room to say
# that it is no step
check_aside()
{
	[ -z "$aside" ] || [ "$read" != pipe ] || {
		say "functions without a packet (--aside) cannot be read by -r pipe"
		exit "$CANNOT"
	}
}
