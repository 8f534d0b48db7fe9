// SPDX-License-Identifier: GPL-2.0-only
/* Interfaces from rtnetlink messages, whole ones and broken ones. */
#include "../../../loader/kernel/netdevs.h"
#include "../tap.h"

#include <errno.h>
#include <linux/if_arp.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

struct message {
	struct nlmsghdr header;
	struct ifinfomsg info;
	struct rtattr attr;
	char name[8];
};

static struct netdev last;
static char last_name[8];
static int told;

static void tell(void *ctx, const struct netdev *netdev)
{
	(void)ctx;
	last = *netdev;
	strncpy(last_name, netdev->name, sizeof(last_name) - 1);
	told++;
}

static struct message make(int type, int index, const char *name)
{
	struct message message = {
		.header = { .nlmsg_len = sizeof(message), .nlmsg_type = type },
		.info = { .ifi_type = ARPHRD_NONE, .ifi_index = index },
		.attr = { .rta_type = IFLA_IFNAME,
			  .rta_len = RTA_LENGTH(sizeof(message.name)) },
	};

	strncpy(message.name, name, sizeof(message.name));
	return message;
}

static int parse(const struct message *messages, int len)
{
	told = 0;
	return netdevs_parse(messages, len, tell, NULL);
}

static void test_messages(void)
{
	struct message two[2] = { make(RTM_NEWLINK, 7, "tun0"),
				  make(RTM_DELLINK, 9, "veth1") };

	is_int(parse(two, sizeof(two)), 0, "two messages do not end an answer");
	is_int(told, 2, "both are told");
	is_int(last.index, 9, "index");
	is_int(last.gone, 1, "one that is gone");
	is_str(last_name, "veth1", "name");
	parse(two, sizeof(*two));
	is_int(last.gone, 0, "one that is there");
	is_int(last.type, ARPHRD_NONE, "type");
	two[1].header.nlmsg_type = NLMSG_DONE;
	is_int(parse(two, sizeof(two)), 1, "the end of an answer");
}

static void test_xdp(void)
{
	struct {
		struct message link;
		struct rtattr xdp, mode;
		uint32_t attached;
		struct rtattr program;
		uint32_t id;
	} message = {
		.link = make(RTM_NEWLINK, 7, "eth0"),
		.xdp = { .rta_type = IFLA_XDP, .rta_len = 20 },
		.mode = { .rta_type = IFLA_XDP_ATTACHED, .rta_len = 8 },
		.program = { .rta_type = IFLA_XDP_PROG_ID, .rta_len = 8 },
		.id = 1234,
	};

	message.link.header.nlmsg_len = sizeof(message);
	parse(&message.link, sizeof(message));
	is_int(last.xdp, 1234, "a program of XDP");
	message.program.rta_len = 6;
	parse(&message.link, sizeof(message));
	is_int(last.xdp, 0, "one whose number is cut off");
	message.program.rta_type = IFLA_XDP_FLAGS;
	message.program.rta_len = 8;
	parse(&message.link, sizeof(message));
	is_int(last.xdp, 0, "none");
}

static void test_others(void)
{
	struct message message = make(RTM_DELLINK, 7, "port0");

	message.info.ifi_family = AF_BRIDGE;
	parse(&message, sizeof(message));
	is_int(told, 0, "a port that leaves its bridge is not gone");
	message = make(NLMSG_ERROR, 0, "");
	((struct nlmsgerr *)NLMSG_DATA(&message.header))->error = -EPERM;
	is_int(parse(&message, sizeof(message)), -EPERM, "an error");
}

static void test_broken(void)
{
	struct message message = make(RTM_NEWLINK, 7, "12345678");

	parse(&message, sizeof(message));
	is_int(told, 0, "a name without an end");
	message = make(RTM_NEWLINK, 7, "eth0");
	for (int len = 0; len < (int)sizeof(message); len++) {
		if (parse(&message, len) || told)
			ok(0, "a message that is cut off");
	}
	message.attr.rta_len = 1000;
	parse(&message, sizeof(message));
	is_int(told, 0, "an attribute longer than its message");
	message.header.nlmsg_len = sizeof(message.header);
	parse(&message, sizeof(message));
	is_int(told, 0, "a message of nothing but its header");
}

/* Documentation/design.md: of a type that no form is for, packets are left alone. */
static void test_forms(void)
{
	static const struct {
		unsigned int type;
		const char *form, *what;
	} types[] = {
		{ ARPHRD_ETHER, "ether", "Ethernet" },
		{ ARPHRD_LOOPBACK, "ether", "the loopback device" },
		{ ARPHRD_NONE, "l3", "no header: tun, WireGuard, IP in UDP" },
		{ ARPHRD_RAWIP, "l3", "raw IP: modems" },
		{ ARPHRD_PPP, "l3", "PPP" },
		{ ARPHRD_TUNNEL, "l3", "IPv4 in IPv4" },
		{ ARPHRD_TUNNEL6, "l3", "IP in IPv6" },
		{ ARPHRD_SIT, "l3", "IPv6 in IPv4" },
		{ ARPHRD_IPGRE, "l3", "GRE over IPv4" },
		{ ARPHRD_IP6GRE, "l3", "GRE over IPv6" },
		{ ARPHRD_INFINIBAND, NULL, "InfiniBand has none" },
		{ ARPHRD_IEEE80211_RADIOTAP, NULL, "a monitor has none" },
		{ ARPHRD_NETLINK, NULL, "nor have netlink's messages" },
	};
	int others = 0;

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		is_str(netdev_form(types[i].type), types[i].form, types[i].what);
	for (unsigned int type = 0; type < 65536; type++)
		others += netdev_form(type) != NULL;
	is_int(others, 10, "these are all that have a form");
}

/* Of a virtual device: what it stands on, and its kind, which is an attribute inside. */
static void test_lower(void)
{
	struct {
		struct message message;
		struct rtattr link;
		int index;
		struct rtattr info, kind;
		char text[8];
		struct rtattr netns;
		int id;
	} link = {
		.message = make(RTM_NEWLINK, 7, "vlan0"),
		.link = { RTA_LENGTH(4), IFLA_LINK }, .index = 3,
		.info = { RTA_LENGTH(RTA_LENGTH(8)), IFLA_LINKINFO },
		.kind = { RTA_LENGTH(8), IFLA_INFO_KIND }, .text = "vlan",
		.netns = { RTA_LENGTH(4), IFLA_LINK_NETNSID + 1 },
	};

	link.message.header.nlmsg_len = sizeof(link);
	parse(&link.message, sizeof(link));
	is_str(last.kind, "vlan", "its kind");
	is_int(last.lower, 3, "what it stands on");
	link.netns.rta_type = IFLA_LINK_NETNSID;
	parse(&link.message, sizeof(link));
	is_int(last.lower, 0, "... in another namespace");
	memset(link.text, 'x', sizeof(link.text));
	parse(&link.message, sizeof(link));
	is_str(last.kind, NULL, "a kind without an end");
}

int main(void)
{
	tap_plan(34);
	test_messages();
	test_xdp();
	test_others();
	test_broken();
	test_forms();
	test_lower();
	return tap_done();
}
