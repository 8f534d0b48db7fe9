/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The system calls that libc has no function for: bpf(2) and
 * perf_event_open(2), one function per command, without policy. All return 0
 * or a file descriptor, or -errno. Only sys.c calls syscall().
 */
#ifndef SYS_H
#define SYS_H

#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <stddef.h>
#include <stdint.h>

struct map_shape {
	uint32_t type, key_size, value_size, max_entries, flags;
};

/* BPF_MAP_CREATE; name is cut to what the kernel takes. */
int sys_map_create(const char *name, const struct map_shape *shape);
int sys_map_lookup(int fd, const void *key, void *value);
int sys_map_update(int fd, const void *key, const void *value);
int sys_map_delete(int fd, const void *key);
/* key may be NULL: the first one. -ENOENT after the last. */
int sys_map_next_key(int fd, const void *key, void *next);
/* BPF_OBJ_GET_INFO_BY_FD: the shape of the map behind fd. */
int sys_map_shape(int fd, struct map_shape *shape);

/* enum bpf_attach_type, of which older headers do not have all. */
#define ATTACH_PERF_EVENT	41	/* 5.15 */
#define ATTACH_KPROBE_MULTI	42	/* 5.18 */
#define ATTACH_TCX_INGRESS	46	/* 6.6 */
#define ATTACH_TCX_EGRESS	47
#define ATTACH_NETKIT_PRIMARY	54	/* 6.7 */
#define ATTACH_NETKIT_PEER	55
#define ATTACH_KPROBE_SESSION	56	/* 6.10 */

#define PSEUDO_KFUNC_CALL	2	/* BPF_PSEUDO_KFUNC_CALL, 5.13 */

struct prog_attr {
	enum bpf_prog_type type;
	uint32_t attach_type;
	uint32_t btf_id;	/* of the function to attach to, 0: none … */
	uint32_t btf_fd;	/* … in that BTF, 0: vmlinux */
	const char *name;	/* is cut to what the kernel takes */
	const struct bpf_insn *insns;
	uint32_t insn_count;
	const char *license;
	char *log;		/* NULL: none */
	uint32_t log_size;
};

/*
 * BPF_PROG_LOAD. The verifier writes to ->log; -ENOSPC says that it was too
 * small.
 */
int sys_prog_load(const struct prog_attr *prog);

/*
 * Runs a program of a classifier once, on @size bytes as a packet, with a struct
 * __sk_buff as context: gives its result, or -errno.
 */
int sys_prog_test_run(int fd, const void *packet, uint32_t size,
		      const void *context, uint32_t context_size);

/*
 * How often a program was not run because it, or another one, was running (5.12).
 * -EOPNOTSUPP: this kernel does not count it.
 */
int sys_prog_missed(int fd, uint64_t *missed);

/* BPF_OBJ_PIN: a name for the map or program @fd, on a bpffs. */
int sys_pin(int fd, const char *path);

/* BPF_OBJ_GET: a descriptor of what is pinned as @path. */
int sys_pin_get(const char *path);

/* A descriptor of the program that has this id; -ENOENT: there is none (any more). */
int sys_prog_open(uint32_t id);

#define PROG_NAME_LEN		16	/* BPF_OBJ_NAME_LEN */

struct prog_info {
	uint32_t id;
	uint32_t type;			/* enum bpf_prog_type */
	uint32_t btf_id;		/* of its BTF; 0: it has none */
	char name[PROG_NAME_LEN];	/* letters, digits, _ and ., or nothing */
};

/* BPF_OBJ_GET_INFO_BY_FD of a program: 0 or -errno. */
int sys_prog_info(int fd, struct prog_info *info);

/*
 * The type of a program's first function, a FUNC's id in its BTF, and the address of its
 * code, 0 where the kernel hides it. -ENOENT: it has no such type.
 */
int sys_prog_func(int fd, uint32_t *type_id, uint64_t *address);

/* The ids of all programs in the kernel, from 0 on; -ENOENT after the last. */
int sys_prog_next_id(uint32_t id, uint32_t *next);

#define DEVICE_PROGS		64	/* programs at one hook of a device (bpf_mprog_max()) */

/*
 * BPF_PROG_QUERY: the ids of the programs at a device of this network namespace, in the
 * order in which they see a packet; @type is ATTACH_TCX_… or ATTACH_NETKIT_…. How many, or
 * -errno; -EINVAL: the kernel knows no such hook; -ENODEV: no such device.
 */
int sys_device_progs(int ifindex, uint32_t type, uint32_t ids[DEVICE_PROGS]);

/*
 * BPF_RAW_TRACEPOINT_OPEN: attached until the descriptor is closed. name is
 * NULL for a program that was loaded for one function (fentry).
 */
int sys_raw_tracepoint(const char *name, int prog_fd);

/*
 * BPF_LINK_CREATE: attached until the descriptor is closed. sys_link_perf:
 * to a kprobe event (5.15). sys_link_multi: kprobe.multi on @count functions
 * by address, whose programs find their number in @cookies (5.18); with
 * MULTI_RETURN in @flags where they return. @type: ATTACH_KPROBE_MULTI or
 * ATTACH_KPROBE_SESSION, as the program was loaded for.
 */
#define MULTI_RETURN		1	/* BPF_F_KPROBE_MULTI_RETURN */
int sys_link_perf(int prog_fd, int perf_fd);

/*
 * The same for tcx: before all programs that are at this device of the network namespace;
 * @type is ATTACH_TCX_…. -EEXIST: the program is among these.
 */
int sys_link_tcx(int prog_fd, int ifindex, uint32_t type);
int sys_link_multi(int prog_fd, uint32_t type, uint32_t count,
		   const uint64_t *addrs, const uint64_t *cookies,
		   uint32_t flags);

/* The id of the program that a link attaches. 0 or -errno. */
int sys_link_prog(int fd, uint32_t *id);

/*
 * How often the probes of such a link (bpf_link) were not run; 0 for other links.
 * -EOPNOTSUPP: this kernel counts it neither here (6.7) nor for the link's program.
 */
int sys_link_missed(int fd, uint64_t *missed);

/* The ids of all BTF in the kernel, from 0 on; -ENOENT after the last. */
int sys_btf_next_id(uint32_t id, uint32_t *next);

/* BPF_BTF_GET_FD_BY_ID: a descriptor of the BTF with that id. */
int sys_btf_open(uint32_t id);

/*
 * The bytes of a BTF: how many there are, of which @bytes gets @size at most; or -errno.
 */
int sys_btf_bytes(int fd, void *bytes, uint32_t size);

/* The name of a BTF: the module's, "vmlinux", or "" for a program's BTF. */
int sys_btf_name(int fd, char *name, uint32_t size);

/*
 * A kprobe event (type: the PMU's number; config: which kind of it) on a symbol,
 * or, where symbol is NULL, on an address; not yet enabled. See
 * perf_event_open(2).
 */
int sys_kprobe_event(uint32_t type, const char *symbol, uint64_t addr,
		     uint64_t config);

#endif /* SYS_H */
