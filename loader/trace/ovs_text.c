// SPDX-License-Identifier: GPL-2.0-only
#include "ovs_text.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <linux/netlink.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MODULE		"openvswitch"
#define NAME_ROOM	32
#define VLAN_VID	0x0fff

/* @out has @at bytes, and room for what this file adds; returns how many then. */
static size_t __attribute__((format(printf, 3, 4)))
add(char out[OVS_TEXT_LEN], size_t at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	at += vsnprintf(out + at, OVS_TEXT_LEN - at, format, args);
	va_end(args);
	return at < OVS_TEXT_LEN ? at : OVS_TEXT_LEN - 1;
}

/* A number of the kernel's enum, without the prefix and in small letters. */
static void number_name(struct kernel_names *names, const char *kind, const char *prefix,
			uint32_t number, char out[NAME_ROOM])
{
	const char *name = name_enum(names, MODULE, kind, number);
	size_t len = strlen(prefix);

	if (!name || strncmp(name, prefix, len))
		snprintf(out, NAME_ROOM, "%u", number);
	else
		snprintf(out, NAME_ROOM, "%s", name + len);
	for (char *at = out; *at; at++)
		*at = tolower((unsigned char)*at);
}

static size_t add_port(char out[OVS_TEXT_LEN], size_t at, uint32_t number, const char *port)
{
	at = add(out, at, "%u", number);
	return port ? add(out, at, " (%s)", port) : at;
}

/* OVS_PACKET_CMD_MISS, OVS_PACKET_CMD_ACTION: why ovs-vswitchd gets it. */
static size_t add_upcall(char out[OVS_TEXT_LEN], uint32_t cmd, struct kernel_names *names)
{
	const char *name = name_enum(names, MODULE, "ovs_packet_cmd", cmd);
	const char *last = name ? strrchr(name, '_') : NULL, *why = "";

	if (!last)
		return add(out, 0, "upcall %u", cmd);
	if (!strcmp(++last, "MISS"))
		why = " (no flow matches)";
	else if (!strcmp(last, "ACTION"))
		why = " (an action sends it)";
	return add(out, 0, "upcall %s%s", last, why);
}

/* The nested attribute of "set" says what is set; its type is the second half. */
static size_t add_set(char out[OVS_TEXT_LEN], size_t at, uint32_t argument,
		      struct kernel_names *names)
{
	uint16_t attribute[2], type;
	char key[NAME_ROOM];

	memcpy(attribute, &argument, sizeof(argument));
	type = attribute[1] & NLA_TYPE_MASK;
	number_name(names, "ovs_key_attr", "OVS_KEY_ATTR_", type, key);
	return add(out, at, " %s", key);
}

/* struct ovs_action_push_vlan: protocol, then the tag. */
static size_t add_vlan(char out[OVS_TEXT_LEN], size_t at, uint32_t argument)
{
	uint16_t vlan[2];

	memcpy(vlan, &argument, sizeof(argument));
	return add(out, at, " %u", ntohs(vlan[1]) & VLAN_VID);
}

/* linux/openvswitch.h: what the attribute of the action holds. */
static size_t add_action(char out[OVS_TEXT_LEN], uint32_t type, uint32_t argument,
			 const char *port, struct kernel_names *names)
{
	char name[NAME_ROOM];
	size_t at;

	number_name(names, "ovs_action_attr", "OVS_ACTION_ATTR_", type, name);
	at = add(out, 0, "%s", name);
	if (!strcmp(name, "output"))
		return add_port(out, add(out, at, " to port "), argument, port);
	if (!strcmp(name, "push_vlan"))
		return add_vlan(out, at, argument);
	if (!strncmp(name, "set", 3))
		return add_set(out, at, argument, names);
	if (!strcmp(name, "recirc"))
		return add(out, at, " to 0x%x", argument);
	if (!strcmp(name, "meter") || !strcmp(name, "trunc"))
		return add(out, at, " %u", argument);
	if (!strcmp(name, "drop") && argument)
		return add(out, at, " error %u", argument);
	return at;
}

const char *ovs_text(const struct event *event, int role, const char *port,
		     struct kernel_names *names, char out[OVS_TEXT_LEN])
{
	uint32_t argument = event->ovs, hash = event->ovs >> 32;
	size_t at;

	if (role == ROLE_OVS_UPCALL) {
		at = add_upcall(out, event->reason, names);
		at = add_port(out, add(out, at, ", in_port "), argument, port);
	} else {
		at = add_action(out, event->reason, argument, port, names);
	}
	if (event->recirc_id)
		at = add(out, at, ", recirc_id 0x%x", event->recirc_id);
	if (hash)
		add(out, at, ", dp_hash 0x%x", hash);
	return out;
}
