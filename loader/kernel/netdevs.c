// SPDX-License-Identifier: GPL-2.0-only
#include "netdevs.h"

#include <errno.h>
#include <linux/if_arp.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BUFFER_LEN	(64 * 1024)	/* the kernel's datagrams have up to 32 KiB */

const char *netdev_form(unsigned int type)
{
	switch (type) {
	case ARPHRD_ETHER:
	case ARPHRD_LOOPBACK:
		return "ether";
	case ARPHRD_NONE:
	case ARPHRD_RAWIP:
	case ARPHRD_PPP:
	case ARPHRD_TUNNEL:
	case ARPHRD_TUNNEL6:
	case ARPHRD_SIT:
	case ARPHRD_IPGRE:
	case ARPHRD_IP6GRE:
		return "l3";
	}
	return NULL;
}

int netdevs_open(void)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK,
				       .nl_groups = RTMGRP_LINK };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	int err;

	if (fd < 0)
		return -errno;
	if (!bind(fd, (struct sockaddr *)&address, sizeof(address)))
		return fd;
	err = -errno;
	close(fd);
	return err;
}

int netdevs_ask(int fd)
{
	struct {
		struct nlmsghdr header;
		struct ifinfomsg info;
	} request = {
		.header = {
			.nlmsg_len = sizeof(request),
			.nlmsg_type = RTM_GETLINK,
			.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
		},
		.info = { .ifi_family = AF_UNSPEC },
	};

	ssize_t sent;

	do
		sent = send(fd, &request, sizeof(request), 0);
	while (sent < 0 && errno == EINTR);
	return sent < 0 ? -errno : 0;
}

/* NULL: it has no end. */
static const char *text_of(const struct rtattr *attr)
{
	return memchr(RTA_DATA(attr), 0, RTA_PAYLOAD(attr)) ? RTA_DATA(attr) :
							      NULL;
}

/* Of the attribute IFLA_LINKINFO, which has others within. */
static const char *find_kind(const struct rtattr *outer)
{
	const struct rtattr *attr = RTA_DATA(outer);
	int left = RTA_PAYLOAD(outer);

	for (; RTA_OK(attr, left); attr = RTA_NEXT(attr, left))
		if (attr->rta_type == IFLA_INFO_KIND)
			return text_of(attr);
	return NULL;
}

/* Of IFLA_XDP: native, generic and the card's program may be there together. */
static uint32_t find_xdp(const struct rtattr *outer)
{
	const struct rtattr *attr = RTA_DATA(outer);
	int left = RTA_PAYLOAD(outer);
	uint32_t id = 0;

	for (; !id && RTA_OK(attr, left); attr = RTA_NEXT(attr, left)) {
		switch (attr->rta_type) {
		case IFLA_XDP_PROG_ID:
		case IFLA_XDP_HW_PROG_ID:
		case IFLA_XDP_DRV_PROG_ID:
		case IFLA_XDP_SKB_PROG_ID:
			if (RTA_PAYLOAD(attr) >= sizeof(id))
				memcpy(&id, RTA_DATA(attr), sizeof(id));
		}
	}
	return id;
}

static void parse_attr(const struct rtattr *attr, struct netdev *netdev)
{
	switch (attr->rta_type & NLA_TYPE_MASK) {
	case IFLA_IFNAME:
		netdev->name = text_of(attr);
		break;
	case IFLA_LINKINFO:
		netdev->kind = find_kind(attr);
		break;
	case IFLA_XDP:
		netdev->xdp = find_xdp(attr);
		break;
	case IFLA_LINK:
		if (RTA_PAYLOAD(attr) >= sizeof(netdev->lower))
			memcpy(&netdev->lower, RTA_DATA(attr),
			       sizeof(netdev->lower));
		break;
	}
}

/* IFLA_LINK is an index in the namespace that IFLA_LINK_NETNSID tells. */
static void parse_attrs(const struct nlmsghdr *message, struct netdev *netdev)
{
	const struct ifinfomsg *info = NLMSG_DATA(message);
	const struct rtattr *attr = IFLA_RTA(info);
	int left = IFLA_PAYLOAD(message);
	bool is_elsewhere = false;

	for (; RTA_OK(attr, left); attr = RTA_NEXT(attr, left)) {
		is_elsewhere |= attr->rta_type == IFLA_LINK_NETNSID;
		parse_attr(attr, netdev);
	}
	if (is_elsewhere)
		netdev->lower = 0;
}

/*
 * A bridge tells of its ports with the same types of messages, in a family of
 * its own (br_ifinfo_notify()): these say nothing new of the interface.
 */
static void parse_link(const struct nlmsghdr *message, netdev_fn fn, void *ctx)
{
	const struct ifinfomsg *info = NLMSG_DATA(message);
	struct netdev netdev = { .gone = message->nlmsg_type == RTM_DELLINK };

	if (message->nlmsg_len < NLMSG_LENGTH(sizeof(*info)) ||
	    info->ifi_family != AF_UNSPEC)
		return;
	netdev.index = info->ifi_index;
	netdev.type = info->ifi_type;
	parse_attrs(message, &netdev);
	if (netdev.name)
		fn(ctx, &netdev);
}

static int parse_error(const struct nlmsghdr *message)
{
	const struct nlmsgerr *answer = NLMSG_DATA(message);

	if (message->nlmsg_len < NLMSG_LENGTH(sizeof(*answer)))
		return -EBADMSG;
	return answer->error;
}

/* NLMSG_OK(), which compares signed with unsigned numbers. */
static bool is_whole(const struct nlmsghdr *message, int len)
{
	return len >= NLMSG_HDRLEN && message->nlmsg_len >= NLMSG_HDRLEN &&
	       message->nlmsg_len <= (unsigned int)len;
}

int netdevs_parse(const void *data, int len, netdev_fn fn, void *ctx)
{
	const struct nlmsghdr *message = data;
	int ended = 0;

	for (; is_whole(message, len); message = NLMSG_NEXT(message, len)) {
		switch (message->nlmsg_type) {
		case RTM_NEWLINK:
		case RTM_DELLINK:
			parse_link(message, fn, ctx);
			break;
		case NLMSG_ERROR:
			return parse_error(message);
		case NLMSG_DONE:
			ended = 1;
			break;
		}
	}
	return ended;
}

int netdevs_read(int fd, netdev_fn fn, void *ctx)
{
	struct nlmsghdr buffer[BUFFER_LEN / sizeof(struct nlmsghdr)];
	ssize_t len;

	do
		len = recv(fd, buffer, sizeof(buffer), 0);
	while (len < 0 && errno == EINTR);
	return len < 0 ? -errno : netdevs_parse(buffer, (int)len, fn, ctx);
}
