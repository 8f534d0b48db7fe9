#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The first process of a guest of vm.sh once vm-init.sh has made the root file
# system: runs the command that the host has left in /run/vm, reports its exit
# status and powers off. The ports are those of set_qemu() in vm.sh.
set -e -o pipefail
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

VM=/run/vm

mount_shares()
{
	local shares nr

	mapfile -t -d '' shares <$VM/shares
	for nr in "${!shares[@]}"; do
		mkdir -p "${shares[nr]}"
		mount -t 9p -o "rw,cache=mmap,$(<$VM/9p)" \
			"share$nr" "${shares[nr]}"
	done
}

# The command gets pipes, not the ports themselves: a port cannot be opened
# twice, as by "echo >/dev/stderr".
run_command()
{
	local command environment

	mapfile -t -d '' command <$VM/command
	mapfile -t -d '' environment <$VM/environment
	if ! cd "$(<$VM/directory)"; then
		echo "vm.sh: the guest has its own /tmp and /run; see -w" >&2
		return 125
	fi
	exec env -i "${environment[@]}" "${command[@]}"
}

while ! port=$(compgen -G "/dev/vport*p3"); do
	sleep 0.1
done
port=${port%3}
mkfifo $VM/stdout $VM/stderr
cat $VM/stdout >"${port}1" &
readers=($!)
cat $VM/stderr >"${port}2" &
readers+=($!)
mount_shares
status=0
(run_command) </dev/null >$VM/stdout 2>$VM/stderr || status=$?
# Processes that the command left in the background may hold the pipes open: their
# readers get five seconds.
(sleep 5; kill "${readers[@]}") 2>/dev/null &
wait "${readers[@]}" || true
sync
echo "$status" >"${port}3"
echo o >/proc/sysrq-trigger
sleep 60
