# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154 # variables of run.sh and stream.sh
#
# vms.sh: test files in guests, stock Debian kernels under QEMU: which file goes
# to which, and their start, results and end. Sourced by run.sh, which sets
# releases and guest_files.

ALL_RELEASES=(bullseye bookworm trixie forky)	# by their age
# Other kinds of kernels, which get few files ("also:"); what takes longest comes first
ALL_KINDS=(forky-arm64 trixie-arm64 trixie-rt)
VM_LIMIT=4500		# seconds for all tests in a guest,
VM_FILE_LIMIT=1200	# for one of them
VM_NICE=5		# what is tested here meanwhile comes first

releases=()	# of the guests, by their age
guest_files=()	# what runs in each of them
all_there=	# and the files of the group vm
jobs=		# directory of what guests print
vm_pids=()	# by the index of the release

# vm_kernels RELEASE: which words behind "kernels:" (lib.sh) name it, among those
# that have no other kind of kernel
vm_kernels()
{
	local i last plain=()

	for i in "${releases[@]}"; do
		[[ $i == *-* ]] || plain+=("$i")
	done
	last=$((${#plain[@]} - 1))
	[[ $1 != "${plain[0]}" && $1 != "${plain[last]}" ]] || echo -n "ends "
	[ "$1" != "${plain[last > 1 ? last - 1 : last]}" ] || echo -n one
}

# tests_there RELEASE: of the group vm, a line each
tests_there()
{
	local file kernels

	kernels=$(vm_kernels "$1")
	for file in "$TOP"/selftests/*/*.t; do
		if [[ $1 == *-* ]]; then
			! is_also "$1" "$file" || echo "$file"
		else
			! is_for "$kernels" "$file" || echo "$file"
		fi
	done
}

# files_of INDEX: what is to run in that guest, a line each
files_of()
{
	printf '%s\n' "${guest_files[@]}"
	[ -z "$all_there" ] || tests_there "${releases[$1]}"
}

# files_in INDEX: sets "files" to them
files_in()
{
	mapfile -t files < <(files_of "$1" | grep . | awk '!seen[$0]++')
}

# below_masked DIRECTORY: a guest has its own /tmp and /run
below_masked()
{
	[[ $1 == /tmp/* || $1 == /run/* || $1 == /dev/shm/* ]]
}

# is_turn NUMBER: all guests with lower numbers, from 0 on, have begun
is_turn()
{
	[ "$1" = 0 ] || [ -e "$jobs/begun.$(($1 - 1))" ]
}

# take_slot NUMBER: waits until it is the turn of the guest of that number and one of the
# slots for guests is free, and takes it, as long as the shell lives; 1 when the run is
# over
take_slot()
{
	local slot fd

	while kill -0 $$ 2>/dev/null; do
		for ((slot = 0; slot <= $(nproc); slot++)); do
			is_turn "$1" || break
			exec {fd}>>"$jobs/slot.$slot"
			flock -n "$fd" && {
				: >"$jobs/begun.$1"
				return
			}
			exec {fd}>&-
		done
		sleep 1
	done
	return 1
}

# pack_foreign ARCH NICE FILE: puts the project into an archive, with programs for
# that architecture
pack_foreign()
{
	[ -z "$build" ] || nice -n "$2" "$TOP/selftests/vm-build.sh" "$1" >&2 ||
		return
	"$TOP/selftests/vm-files.sh" --pack-for "$1" "$3" "$TOP" \
		"$("$TOP/scripts/vm-root.sh" "$1")"
}

# run_vm RELEASE NICE FILE...: the guest, to its end. Emulated, a compiler takes ten
# times as long: who wants it there unsets CLANG. A guest of another architecture
# has no files of this machine but those of the archive.
run_vm()
{
	local name=$1 nice=$2 archive=$jobs/files.tar options=(-t "$VM_LIMIT" -w "$jobs")

	if [[ $name == *-arm64 ]]; then
		archive=$jobs/files.$name.tar
		pack_foreign "${name#*-}" "$nice" "$archive" || return
		cd "$jobs" || return
	else
		! below_masked "$TOP" || options+=(-w "$TOP")
	fi
	BPFPATH_TEST=$$-vm BPFPATH_GUEST=$name PATIENCE=240 CLANG=no-compiler \
		nice -n "$nice" "$TOP/scripts/vm.sh" -k "$name" "${options[@]}" -- \
		"$jobs/vm-files.sh" "$archive" \
		bash "$SELF" -n -t "$VM_FILE_LIMIT" "${@:3}"
}

# start_vm INDEX NUMBER: its files in a guest of that release, when it is the turn of that
# number and a slot is free; sets vm_pids
start_vm()
{
	local name=${releases[$1]} code=0 files

	files_in "$1"
	todo=$((todo + ${#files[@]}))
	: >"$jobs/$name.tap"
	(
		take_slot "$2" || exit
		began=${EPOCHREALTIME/[.,]/}
		run_vm "$name" $((VM_NICE + $2)) "${files[@]}" || code=$?
		{ ms_since "$began"; times; } >"$jobs/$name.times"
		exit "$code"
	) >"$jobs/$name.tap" 2>"$jobs/$name.err" &
	vm_pids[$1]=$!
}

# vm_order: the indices of the releases in the order in which they start: those
# that have the most to do come first (vm_kernels), other kinds of kernels last
vm_order()
{
	local i

	for i in 0 $(seq $((${#releases[@]} - 1)) -1 1); do
		[[ ${releases[i]} == *-* ]] || echo "$i"
	done
	for i in "${!releases[@]}"; do
		[[ ${releases[i]} != *-* ]] || echo "$i"
	done
}

# start_vms: the guests, beside all else that is tested. Each waits for something
# now and then, so there is one more of them at a time than CPUs; with still more
# each is so slow that what has a time limit fails. Of these the ones that have
# more to do also get more, so that all end at about the same time
start_vms()
{
	local i number=0 project=()

	jobs=$(mktemp -d)
	below_masked "$TOP" || project=("$TOP")
	cp "$TOP/selftests/vm-files.sh" "$jobs"
	"$TOP/selftests/vm-files.sh" --pack "$jobs/files.tar" "${project[@]}"
	for i in $(vm_order); do
		start_vm "$i" $((number++))
	done
}

# note_vm RELEASE: the time of the guest as a whole
note_vm()
{
	local wall cpu

	{ read -r wall; read -r; read -r cpu; } <"$jobs/$1.times" || return 0
	note_time "$1" guest "$wall" "$(cpu_of "$cpu")"
}

# follow_vm RELEASE PID: its results, as they come. A kernel that cannot be had
# (exit status 4) is a skip; the last thing said tells why.
follow_vm()
{
	begin "$1"
	collect tail -n +1 -s 0.5 -f --pid="$2" "$jobs/$1.tap"
	status=0
	wait "$2" || status=$?
	cat "$jobs/$1.err" >>"$log"
	if [ "$status" -eq 4 ] && [ "$seen" -eq 0 ]; then
		skip "$1" "$(tail -n 1 "$log")"
	else
		judge
		note_vm "$1"
	fi
	finish
	rm "$jobs/$1.tap" "$jobs/$1.err"
}

# follow_vms: their results, one after the other
follow_vms()
{
	local i files

	for i in "${!releases[@]}"; do
		limited $((VM_LIMIT * ${#releases[@]})) \
			follow_vm "${releases[i]}" "${vm_pids[i]}"
		files_in "$i"
		done_here=$((done_here + ${#files[@]}))
	done
}

stop_vms()
{
	kill "${vm_pids[@]}" 2>/dev/null || true
	[ -z "$jobs" ] || rm -rf "$jobs"
}
