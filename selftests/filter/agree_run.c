// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <linux/bpf.h>
#include <stddef.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../../loader/kernel/prog.h"
#include "agree_run.h"
#include "packets.h"

#define TAG_OFFSET	12
#define TAG_LEN		4

int agree_load(const char *path)
{
	struct bound bound;
	struct target target = { .num = 0 };
	int fd;

	fd = bound_open(path, "/nonexistent", &bound);
	if (fd)
		return fd;
	fd = prog_load(&bound, &target);
	bound_close(&bound);
	return fd;
}

int agree_has_tag(const uint8_t *frame, uint32_t len)
{
	uint16_t tpid = frame[TAG_OFFSET] << 8 | frame[TAG_OFFSET + 1];

	return len >= 15 + TAG_LEN && (tpid == 0x8100 || tpid == 0x88a8);
}

int agree_run(int prog, const uint8_t *frame, uint32_t len, int take_tag)
{
	uint8_t bytes[PACKET_MAX];
	struct __sk_buff context = { .mark = take_tag };
	union bpf_attr attr;

	if (take_tag) {
		memcpy(bytes, frame, TAG_OFFSET);
		memcpy(bytes + TAG_OFFSET, frame + TAG_OFFSET + TAG_LEN,
		       len - TAG_OFFSET - TAG_LEN);
		context.cb[0] = frame[TAG_OFFSET] << 8 | frame[TAG_OFFSET + 1];
		context.cb[1] = frame[TAG_OFFSET + 2] << 8 |
				frame[TAG_OFFSET + 3];
		frame = bytes;
		len -= TAG_LEN;
	}
	memset(&attr, 0, sizeof(attr));
	attr.test.prog_fd = prog;
	attr.test.data_in = (uintptr_t)frame;
	attr.test.data_size_in = len;
	attr.test.ctx_in = (uintptr_t)&context;
	attr.test.ctx_size_in = sizeof(context);
	if (syscall(SYS_bpf, BPF_PROG_TEST_RUN, &attr, sizeof(attr)))
		return -errno;
	return attr.test.retval;
}
