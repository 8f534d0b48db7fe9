#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# setup.sh [run|test]: installs what is missing, by the names of packages: for
# "run" (the default) what bpfpath.sh needs, for "test" also what the tests
# need. It looks for the programs and files themselves and does nothing when
# all are there.
# Exit status: 0 all are there, 1 something is missing, 2 wrong usage.

set -eo pipefail

PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

# What is wanted: a program, a header (.h), a library (.so) or one of clang's own,
# and the package that has it for each package manager. "-": nothing to install there.
# "?PACKAGE": not every release has it, and the tests can do without.
#
# wanted	apt		dnf			pacman		apk
RUN='
gcc		gcc		gcc			gcc		gcc
make		make		make			make		make
clang		clang		clang			clang		clang
stdio.h		libc6-dev	glibc-devel		glibc		musl-dev
linux/bpf.h	linux-libc-dev	kernel-headers		linux-api-headers linux-headers
asm/types.h	linux-libc-dev	kernel-headers		linux-api-headers linux-headers
libelf.h	libelf-dev	elfutils-libelf-devel	libelf		elfutils-dev
zlib.h		zlib1g-dev	zlib-devel		zlib		zlib-dev
pcap/pcap.h	libpcap-dev	libpcap-devel		libpcap		libpcap-dev
ip		iproute2	iproute			iproute2	iproute2
tc		iproute2	iproute-tc		iproute2	iproute2
ping		iputils-ping	iputils			iputils		iputils
modprobe	kmod		kmod			kmod		kmod
mount		mount		util-linux		util-linux	util-linux
flock		util-linux	util-linux		util-linux	util-linux
nsenter		util-linux	util-linux		util-linux	util-linux
timeout		coreutils	coreutils		coreutils	coreutils
xargs		findutils	findutils		findutils	findutils
awk		mawk		gawk			gawk		gawk
'
TEST='
cmp		diffutils	diffutils		diffutils	diffutils
od		coreutils	coreutils		coreutils	coreutils
bridge		iproute2	iproute			iproute2	iproute2
setpriv		util-linux	util-linux		util-linux	setpriv
unshare		util-linux	util-linux		util-linux	util-linux
jq		jq		jq			jq		jq
git		git		git			git		git
/etc/services	netbase		setup			iana-etc	-
dot		graphviz	graphviz		graphviz	graphviz
nft		nftables	nftables		nftables	nftables
ovs-vswitchd	?openvswitch-switch ?openvswitch	?openvswitch		?openvswitch
iptables-legacy	iptables	?iptables-legacy	?iptables	?iptables-legacy
tcpdump		tcpdump		tcpdump			tcpdump		tcpdump
strace		strace		strace			strace		strace
script		bsdutils	util-linux		util-linux	util-linux-misc
tshark		?tshark		?wireshark-cli		?wireshark-cli	?tshark
capinfos	?wireshark-common ?wireshark-cli	?wireshark-cli	?wireshark-common
python3		python3		python3			python		python3
jsonschema	?python3-jsonschema ?python3-jsonschema	?python-jsonschema ?py3-jsonschema
llvm-strip	llvm		llvm			llvm		llvm
dh		?debhelper	-			-		-
lintian		?lintian	-			-		-
rpmbuild	?rpm		?rpm-build		-		-
rpmlint		?rpmlint	?rpmlint		-		-
shellcheck	shellcheck	ShellCheck		shellcheck	shellcheck
clang-format	?clang-format	?clang-tools-extra	?clang		?clang-extra-tools
debootstrap	?debootstrap	?debootstrap		?debootstrap	?debootstrap
bpftool		?bpftool	?bpftool		?bpf		?bpftool
libasan.so	-		libasan			-		-
libubsan.so	-		libubsan		-		-
libclang_rt.fuzzer ?libclang-rt-dev ?compiler-rt	?compiler-rt	?compiler-rt
qemu-system-x86_64 qemu-system-x86 -			-		-
qemu-system-aarch64 ?qemu-system-arm -			-		-
aarch64-linux-gnu-gcc ?gcc-aarch64-linux-gnu -		-		-
busybox		busybox-static	-			-		-
cpio		cpio		-			-		-
xz		xz-utils	-			-		-
zstd		zstd		-			-		-
'

POLICY=/usr/sbin/policy-rc.d
policy=		# the same, while it is ours
manager=	# the first of the table's columns that is here
missing=()	# what is not there,
packages=()	# what has it,
optional=()	# and what would be good to have

say()
{
	printf 'setup.sh: %s\n' "$*" >&2
}

die()
{
	say "$@"
	exit 1
}

# exists_in NAME DIRECTORY...: succeeds when a file's name is or begins with NAME
exists_in()
{
	local dir file

	for dir in "${@:2}"; do
		for file in "$dir/$1"*; do
			[ ! -e "$file" ] || return 0
		done
	done
	return 1
}

is_there()
{
	local dir

	case $1 in
	*.h)	exists_in "$1" /usr/include /usr/include/*-linux-* ;;
	/*)	[ -e "$1" ] ;;
	libclang_rt.*) dir=$(clang -print-resource-dir 2>/dev/null) &&
			exists_in "$1" "$dir"/lib/* ;;
	*.so)	exists_in "$1" /usr/lib /usr/lib64 /usr/lib/*-linux-* ;;
	*)	type -P "$1" >/dev/null ;;
	esac
}

find_manager()
{
	for manager in apt dnf pacman apk; do
		! type -P "$manager" >/dev/null || return 0
	done
	manager=none
}

# note_missing WANTED PACKAGE
note_missing()
{
	case $2 in
	-)	;;
	\?*)	optional+=("${2#\?}") ;;
	*)	missing+=("$1")
		[[ " ${packages[*]} " = *" $2 "* ]] || packages+=("$2") ;;
	esac
}

# look TABLE: sets missing, packages and optional
look()
{
	local wanted none

	missing=() packages=() optional=()
	# shellcheck disable=SC2034 # $manager names one of the variables
	while read -r wanted apt dnf pacman apk; do
		[ "$wanted" ] || continue
		none=$wanted
		is_there "$wanted" || note_missing "$wanted" "${!manager}"
	done <<<"$1"
}

# unstarted COMMAND...: the same, but Debian's packages do not start what they bring
# (policy-rc.d, invoke-rc.d(8))
unstarted()
{
	local status=0

	if [ -e "$POLICY" ] || [ ! -w "${POLICY%/*}" ]; then
		"$@"
		return
	fi
	policy=$POLICY
	printf '#!/bin/sh\nexit 101\n' >"$policy"
	chmod +x "$policy"
	"$@" || status=$?
	rm -f "$policy"
	policy=
	return "$status"
}

# with_manager PACKAGE...: its output goes to the log
with_manager()
{
	case $manager in
	apt)	DEBIAN_FRONTEND=noninteractive unstarted apt-get -q -y \
			-o DPkg::Lock::Timeout=300 \
			install --no-install-recommends "$@" ;;
	dnf)	dnf -q -y --setopt=install_weak_deps=False install "$@" ;;
	pacman)	pacman -S --needed --noconfirm "$@" ;;
	apk)	apk add --no-progress "$@" ;;
	esac >>"$log" 2>&1 </dev/null
}

# update_lists: updates the package lists; the old ones may do, so it never fails
update_lists()
{
	[ "$manager" = apt ] || return 0
	apt-get -q update >>"$log" 2>&1 </dev/null ||
		say "apt-get update failed"
}

install_packages()
{
	local package all=("${packages[@]}" "${optional[@]}")

	log=$(mktemp)
	trap 'rm -f "$log" ${policy:+"$policy"}' EXIT
	say "installing by $manager: ${all[*]}"
	update_lists
	if [ ${#packages[@]} -gt 0 ] && ! with_manager "${packages[@]}"; then
		tail -n 20 "$log" >&2
		die "$manager could not install: ${packages[*]}"
	fi
	for package in "${optional[@]}"; do
		with_manager "$package" || say "no package $package here"
	done
}

case ${1:-run} in
run)	table=$RUN ;;
test)	table=$RUN$TEST ;;
*)	say "usage: setup.sh [run|test]"
	exit 2 ;;
esac
find_manager
look "$table"
[ ${#packages[@]} -gt 0 ] || [ ${#optional[@]} -gt 0 ] || exit 0
[ "$manager" != none ] ||
	die "missing: ${missing[*]}; no package manager known to me is here"
[ "$(id -u)" = 0 ] || {
	[ ${#packages[@]} -gt 0 ] || exit 0
	die "missing: ${missing[*]}; as root I would install by $manager:" \
		"${packages[*]}"
}
install_packages
look "$table"
[ ${#missing[@]} = 0 ] ||
	die "still missing: ${missing[*]}; by $manager came: ${packages[*]}"
