#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Runs a command on another kernel: a stock Debian kernel under QEMU, emulated
# (TCG), with this machine's file system read-only under an overlay in memory.
# The guest sees the files of this machine as they are; what it writes is gone
# when it ends, except below directories given with -w. A kernel of another
# architecture gets a root of Debian packages instead (vm-root.sh). usage() has the
# rest.
set -e -o pipefail

HERE=$(dirname -- "$(readlink -f -- "$0")")
KERNEL=
LIST=
LIMIT=600
MEMORY=1024
CPUS=1
ICOUNT=
VERBOSE=
APPEND=
SHARES=()
VERSION=
KERNEL_DIR=
ROOT=/			# the guest's
MACHINE=()		# QEMU for the kernel's architecture,
CONSOLE=		# kernel parameters for it
TMP=
QEMU_PID=
CAT_PIDS=()

usage()
{
	cat <<-END
	Usage: vm.sh -k KERNEL [options] [--] COMMAND [ARG...]
	       vm.sh -l KERNEL...
	  -k KERNEL   a Debian release (bullseye, bookworm, trixie, forky), with
	              -arm64 or -rt behind it for that kernel of it, or the
	              version of a kernel that was fetched before
	  -l          fetch the kernels if need be, print version and directory
	  -t SECONDS  end the guest after that time (default $LIMIT)
	  -m MB       memory (default $MEMORY)
	  -s CPUS     number of CPUs (default $CPUS); they take turns
	  -w DIR      share DIR with the guest for writing; may be repeated
	  -a ARGS     more kernel parameters
	  -v          show the guest's console on stderr
	  --icount    one CPU whose clock counts instructions: slow, repeatable
	The command runs as root in the directory of the caller, with the
	environment of the caller and an empty stdin. /tmp and /run are empty.
	Exit status: that of COMMAND; 2 wrong usage; 4 no such kernel;
	124 the time is over; 125 the guest did not run to the end.
	END
}

say()
{
	echo "vm.sh: $*" >&2
}

usage_error()
{
	say "$*"
	usage >&2
	exit 2
}

# A reader of a pipe that QEMU has not opened yet waits for that.
clean_up()
{
	if [[ $QEMU_PID ]]; then
		kill "$QEMU_PID" 2>/dev/null || true
		wait "$QEMU_PID" 2>/dev/null || true
		kill "${CAT_PIDS[@]}" 2>/dev/null || true
	fi
	if [[ $TMP ]]; then
		rm -rf -- "$TMP"
	fi
}

need_number()
{
	[[ $2 =~ ^[1-9][0-9]{0,6}$ ]] || usage_error "$1: not a number: '$2'"
}

add_share()
{
	[[ -d $1 ]] || usage_error "-w: no such directory: '$1'"
	SHARES+=("$(readlink -f -- "$1")")
}

# Sets the options' globals and ARGS, the arguments that follow them.
parse_options()
{
	local opt

	while getopts :k:lt:m:s:w:a:vh-: opt; do
		case $opt in
		k) KERNEL=$OPTARG ;;
		l) LIST=1 ;;
		t) need_number -t "$OPTARG"; LIMIT=$OPTARG ;;
		m) need_number -m "$OPTARG"; MEMORY=$OPTARG ;;
		s) need_number -s "$OPTARG"; CPUS=$OPTARG ;;
		w) add_share "$OPTARG" ;;
		a) APPEND=$OPTARG ;;
		v) VERBOSE=1 ;;
		h) usage; exit 0 ;;
		-) [[ $OPTARG == icount ]] ||
			usage_error "unknown option '--$OPTARG'"
		   ICOUNT=1 ;;
		:) usage_error "option '-$OPTARG' needs a value" ;;
		*) usage_error "unknown option '-$OPTARG'" ;;
		esac
	done
	ARGS=("${@:OPTIND}")
}

list_kernels()
{
	local kernel

	(($#)) || usage_error "-l: which kernel?"
	for kernel; do
		"$HERE/vm-kernel.sh" "$kernel"
	done
}

# The modules that the guest needs before it has a root file system, unpacked
# into directory $1 and named so that their order is that of loading.
copy_modules()
{
	local dir=$1 kind file count=100 seen=" "

	while read -r kind file _; do
		[[ $kind == insmod && $seen != *" $file "* ]] || continue
		seen+="$file "
		count=$((count + 1))
		case $file in
		*.xz) xz -dc -- "$file" ;;
		*.zst) zstd -qdc -- "$file" ;;
		*.gz) gzip -dc -- "$file" ;;
		*) cat -- "$file" ;;
		esac >"$dir/$count.ko"
	done < <(modprobe -d "$KERNEL_DIR" -S "$VERSION" --show-depends -a \
		virtio_pci virtio_console 9pnet_virtio 9p overlay)
}

# The program and, if it is not a static one, its libraries.
copy_busybox()
{
	local root=$1 busybox library

	ln -s busybox "$root/bin/sh"
	if [[ $ROOT != / ]]; then
		cp -- "$ROOT/bin/busybox" "$root/bin/busybox"
		return
	fi
	busybox=$(type -P busybox)
	cp -- "$busybox" "$root/bin/busybox"
	for library in $(ldd "$busybox" 2>/dev/null | grep -o '/[^ ]*'); do
		cp --parents -- "$library" "$root"
	done
}

# What the guest must know goes into its initramfs, below /vm. Lists are strings
# that end with a NUL.
make_initramfs()
{
	local root=$TMP/root

	mkdir -p "$root/bin" "$root/modules" "$root/vm"
	copy_busybox "$root"
	cp -- "$HERE/vm-init.sh" "$root/init"
	cp -- "$HERE/vm-run.sh" "$root/vm/run"
	copy_modules "$root/modules"
	printf '%s\0' "$@" >"$root/vm/command"
	env -0 >"$root/vm/environment"
	echo "$PWD" >"$root/vm/directory"
	echo "$VERSION" >"$root/vm/version"
	echo "trans=virtio,version=9p2000.L,msize=512000" >"$root/vm/9p"
	if ((${#SHARES[@]})); then
		printf '%s\0' "${SHARES[@]}"
	fi >"$root/vm/shares"
	(cd "$root" && find . | cpio -o -H newc --quiet) >"$TMP/initramfs"
}

# QEMU writes the command's output into pipes, so that stdout and stderr of
# this script can be anything.
open_channels()
{
	mkfifo "$TMP/stdout" "$TMP/stderr"
	cat "$TMP/stdout" & CAT_PIDS+=($!)
	cat "$TMP/stderr" >&2 & CAT_PIDS+=($!)
	if [[ $VERBOSE ]]; then
		mkfifo "$TMP/console"
		cat "$TMP/console" >&2 & CAT_PIDS+=($!)
	fi
}

# The readers end when the pipes have no writer any more. Opening and closing
# the pipes lets readers go on that QEMU kept waiting for a writer.
drain_channels()
{
	local pipe

	for pipe in stdout stderr console; do
		if [[ -p $TMP/$pipe ]]; then
			: <>"$TMP/$pipe"
		fi
	done
	wait "${CAT_PIDS[@]}" || true
}

# Sets what depends on the kernel's architecture.
#
# x86: emulated, "rep movsb" and "rep stosb" go byte by byte, so the CPU must not
# offer them for copying and clearing pages (erms, fsrm).
#
# arm64: with KPTI, which KASLR brings with it, each way into the kernel and out makes
# the emulated TLB empty: a process started takes half as long again.
set_machine()
{
	case $VERSION in
	*-arm64)
		MACHINE=(qemu-system-aarch64 -machine virt -cpu cortex-a72)
		CONSOLE="console=ttyAMA0 nokaslr mitigations=off" ;;
	*)
		MACHINE=(qemu-system-x86_64 -cpu "max,-erms,-fsrm")
		CONSOLE="console=ttyS0 no_timer_check" ;;
	esac
}

need_tools()
{
	local tool

	for tool in "${MACHINE[0]}" busybox modprobe cpio; do
		type -P "$tool" >/dev/null || { say "no $tool here"; exit 4; }
	done
}

# Sets QEMU, the command that starts the guest. One thread runs all CPUs in
# turn: with a thread for each, a kernel that patches code, as for kprobes, can
# die of an instruction that another CPU sees half-written.
#
# Translated code is found again by its address: processes have theirs at fixed
# ones (norandmaps).
#
# A comma in a path is doubled for QEMU's option parser.
set_qemu()
{
	local fs=local,security_model=none,multidevs=remap nr=0 name dir
	local kernel=$KERNEL_DIR/lib/modules/$VERSION

	QEMU=("${MACHINE[@]}" -accel "tcg,thread=single"
		-m "$MEMORY" -nodefaults -no-reboot -nic none -display none
		-kernel "$kernel/vmlinuz" -initrd "$TMP/initramfs"
		-append "$CONSOLE panic=-1 rdinit=/init norandmaps $APPEND"
		-serial "file:$TMP/console"
		-virtfs "$fs,path=${ROOT//,/,,},mount_tag=root,readonly=on"
		-virtfs "$fs,path=${kernel//,/,,},mount_tag=modules,readonly=on"
		-device virtio-serial)
	for name in stdout stderr status; do
		nr=$((nr + 1))
		QEMU+=(-chardev "file,id=$name,path=$TMP/$name"
			-device "virtserialport,nr=$nr,chardev=$name")
	done
	nr=0
	for dir in "${SHARES[@]}"; do
		QEMU+=(-virtfs "$fs,path=${dir//,/,,},mount_tag=share$nr")
		nr=$((nr + 1))
	done
	if [[ $ICOUNT ]]; then
		QEMU+=(-smp 1 -icount "shift=0,sleep=off")
	else
		QEMU+=(-smp "$CPUS")
	fi
}

# Returns the exit status of the command in the guest, or why there is none.
run_guest()
{
	local ended=0 status=

	timeout -k 5 "$LIMIT" "${QEMU[@]}" </dev/null 2>"$TMP/qemu" &
	QEMU_PID=$!
	wait "$QEMU_PID" || ended=$?
	QEMU_PID=
	drain_channels
	if [[ -s $TMP/status ]]; then
		read -r status <"$TMP/status"
		return "$status"
	fi
	show_failure "$ended"
}

show_failure()
{
	if [[ -f $TMP/console ]]; then
		say "the end of the guest's console:"
		tail -n 25 -- "$TMP/console" | tr -d '\r' >&2
	fi
	if (($1 == 124 || $1 == 137)); then
		say "kernel $VERSION: not done after $LIMIT seconds"
		return 124
	fi
	cat -- "$TMP/qemu" >&2
	say "kernel $VERSION: the guest ended without a result (QEMU: $1)"
	return 125
}

parse_options "$@"
if [[ $LIST ]]; then
	list_kernels "${ARGS[@]}"
	exit 0
fi
[[ $KERNEL ]] || usage_error "which kernel? (-k)"
((${#ARGS[@]})) || usage_error "which command?"
found=$("$HERE/vm-kernel.sh" "$KERNEL")
VERSION=${found%% *}
KERNEL_DIR=${found#* }
set_machine
need_tools
if [[ $VERSION == *-arm64 && $(uname -m) != aarch64 ]]; then
	ROOT=$("$HERE/vm-root.sh" arm64)
fi
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP
TMP=$(mktemp -d "${TMPDIR:-/tmp}/bpfpath-vm.XXXXXX")
make_initramfs "${ARGS[@]}"
set_qemu
open_channels
run_guest
