// SPDX-License-Identifier: GPL-2.0-only
#include "tc_progs.h"

#include <errno.h>
#include <linux/pkt_cls.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "netns.h"

#define OURS		"bpfpath"	/* the function in bpf/classifier.c */
#define BUFFER_LEN	(32 * 1024)	/* the most that the kernel sends at once */

static void add(struct tc_progs *progs, uint32_t id, bool is_tcx, bool is_direct)
{
	struct prog_info info = {};
	int fd = sys_prog_open(id);

	if (fd >= 0) {
		sys_prog_info(fd, &info);
		close(fd);
	}
	if (!strcmp(info.name, OURS))
		return;
	if (progs->count == TC_PROGS) {
		progs->has_others = true;
		return;
	}
	progs->progs[progs->count] = (struct tc_prog){
		.id = id, .is_tcx = is_tcx, .is_direct = is_direct,
	};
	strcpy(progs->progs[progs->count++].name, info.name);
}

static uint32_t number_of(const struct rtattr *attr)
{
	uint32_t number = 0;

	if (RTA_PAYLOAD(attr) >= sizeof(number))
		memcpy(&number, RTA_DATA(attr), sizeof(number));
	return number;
}

/* What cls_bpf tells of a filter: TCA_OPTIONS. */
static void take_options(struct tc_progs *progs, const struct rtattr *options)
{
	const struct rtattr *attr = RTA_DATA(options);
	int left = RTA_PAYLOAD(options);
	uint32_t id = 0, flags = 0;

	for (; RTA_OK(attr, left); attr = RTA_NEXT(attr, left)) {
		if (attr->rta_type == TCA_BPF_ID)
			id = number_of(attr);
		else if (attr->rta_type == TCA_BPF_FLAGS)
			flags = number_of(attr);
	}
	if (id)
		add(progs, id, false, flags & TCA_BPF_FLAG_ACT_DIRECT);
	if (!id || !(flags & TCA_BPF_FLAG_ACT_DIRECT))
		progs->has_others = true;
}

/* Each preference begins with a message that has no handle, and tells of no filter. */
static void take_filter(struct tc_progs *progs, const struct nlmsghdr *message)
{
	const struct tcmsg *filter = NLMSG_DATA(message);
	const struct rtattr *attr = TCA_RTA(filter), *options = NULL;
	int left = TCA_PAYLOAD(message);
	bool is_bpf = false;

	if (message->nlmsg_len < NLMSG_LENGTH(sizeof(*filter)) || !filter->tcm_handle)
		return;
	for (; RTA_OK(attr, left); attr = RTA_NEXT(attr, left)) {
		if (attr->rta_type == TCA_KIND)
			is_bpf = RTA_PAYLOAD(attr) == 4 && !memcmp(RTA_DATA(attr), "bpf", 4);
		else if (attr->rta_type == TCA_OPTIONS)
			options = attr;
	}
	if (is_bpf && options)
		take_options(progs, options);
	else
		progs->has_others = true;
}

/* 1: it was the last; 0; -errno */
static int take_message(struct tc_progs *progs, const struct nlmsghdr *message)
{
	const struct nlmsgerr *error = NLMSG_DATA(message);

	switch (message->nlmsg_type) {
	case RTM_NEWTFILTER:
		take_filter(progs, message);
		return 0;
	case NLMSG_DONE:
		return 1;
	case NLMSG_ERROR:
		return message->nlmsg_len < NLMSG_LENGTH(sizeof(*error)) || !error->error ?
			       -EBADMSG :
			       error->error;
	}
	return 0;
}

static int read_filters(int fd, struct tc_progs *progs)
{
	struct nlmsghdr buffer[BUFFER_LEN / sizeof(struct nlmsghdr)];
	const struct nlmsghdr *message;
	int ret = 0, left;

	while (!ret) {
		left = recv(fd, buffer, sizeof(buffer), 0);
		if (left < 0 && errno != EINTR)
			return -errno;
		for (message = buffer; !ret && left >= NLMSG_HDRLEN &&
				       message->nlmsg_len >= NLMSG_HDRLEN &&
				       message->nlmsg_len <= (uint32_t)left;
		     message = NLMSG_NEXT(message, left))
			ret = take_message(progs, message);
	}
	return ret < 0 ? ret : 0;
}

static int find_filters(int fd, int ifindex, bool is_egress, struct tc_progs *progs)
{
	struct {
		struct nlmsghdr header;
		struct tcmsg filter;
	} request = {
		.header = {
			.nlmsg_len = sizeof(request),
			.nlmsg_type = RTM_GETTFILTER,
			.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
		},
		.filter = {
			.tcm_family = AF_UNSPEC,
			.tcm_ifindex = ifindex,
			.tcm_parent = TC_H_MAKE(TC_H_CLSACT, is_egress ?
							     TC_H_MIN_EGRESS :
							     TC_H_MIN_INGRESS),
		},
	};

	if (send(fd, &request, sizeof(request), 0) < 0)
		return -errno;
	return read_filters(fd, progs);
}

/* What is asked in a namespace, and what it tells. */
struct asked_tcx {
	int ifindex, count;	/* count: of the programs of tcx, or -errno */
	uint32_t type;
	uint32_t ids[DEVICE_PROGS];
};

/* Programs of tcx are those of the namespace in which it is asked; a socket keeps it. */
static int open_there(void *ctx)
{
	struct asked_tcx *asked = ctx;
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

	asked->count = sys_device_progs(asked->ifindex, asked->type, asked->ids);
	return fd < 0 ? -errno : fd;
}

int tc_progs_find(const char *netns, int ifindex, bool is_egress, struct tc_progs *progs)
{
	struct asked_tcx asked = {
		.ifindex = ifindex,
		.type = is_egress ? ATTACH_TCX_EGRESS : ATTACH_TCX_INGRESS,
	};
	int fd = netns ? netns_open(netns, open_there, &asked) : -ENOENT, err;

	*progs = (struct tc_progs){};
	if (fd < 0)
		return fd;
	for (int i = 0; i < asked.count; i++)
		add(progs, asked.ids[i], true, true);
	err = find_filters(fd, ifindex, is_egress, progs);
	close(fd);
	/* -EINVAL: the kernel has no tcx. */
	return !err && asked.count < 0 && asked.count != -EINVAL ? asked.count : err;
}
