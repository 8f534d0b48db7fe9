#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# /init of a guest of vm.sh, run by busybox from the initramfs. It puts the root
# file system together: the host's files by 9p, read-only, under an overlay in
# memory. Then it becomes vm-run.sh in there.
set -e

load_modules()
{
	for module in /modules/*.ko; do
		insmod "$module"
	done
}

mount_root()
{
	mount -t tmpfs -o mode=755 tmpfs /memory
	mkdir -p /memory/upper /memory/work
	mount -t 9p -o "ro,cache=loose,$(cat /vm/9p)" root /lower
	mount -t overlay -o \
		"lowerdir=/lower,upperdir=/memory/upper,workdir=/memory/work" \
		overlay /new
}

mount_modules()
{
	version=$(cat /vm/version)
	mkdir -p "/new/lib/modules/$version" /new/boot
	mount -t 9p -o "ro,cache=loose,$(cat /vm/9p)" modules \
		"/new/lib/modules/$version"
	ln -sf "/lib/modules/$version/config" "/new/boot/config-$version"
}

# Masks what the host has mounted there.
mount_system()
{
	mount -t proc proc /new/proc
	mount -t sysfs sysfs /new/sys
	mount -t devtmpfs devtmpfs /new/dev
	ln -s /proc/self/fd /new/dev/fd
	ln -s fd/0 /new/dev/stdin
	ln -s fd/1 /new/dev/stdout
	ln -s fd/2 /new/dev/stderr
	mkdir -p /new/dev/pts /new/dev/shm
	mount -t devpts -o mode=620,ptmxmode=666 devpts /new/dev/pts
	mount -t tmpfs -o mode=1777 tmpfs /new/dev/shm
	mount -t tmpfs -o mode=755 tmpfs /new/run
	mount -t tmpfs -o mode=1777 tmpfs /new/tmp
}

/bin/busybox mkdir -p /proc /memory /lower /new
/bin/busybox --install -s /bin
export PATH=/bin
load_modules
mount_root
mount_modules
mount_system
ifconfig lo up
cp -r /vm /new/run/
exec switch_root /new /bin/bash /run/vm/run
