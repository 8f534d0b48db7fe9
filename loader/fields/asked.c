// SPDX-License-Identifier: GPL-2.0-only
#include "asked.h"

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define SKB	"skb."
#define VLAN	"vlan."
#define TUNNEL	"tunnel"

/* A field of a group, by its path in a struct; without one it is of the TCP header. */
static const struct group_field {
	const char *name, *strct, *path;
	enum field_form form;
	uint8_t offset, size;
	uint8_t shift, width;
} group_fields[] = {
	{ "tcp.flags", NULL, NULL, FORM_TCP_FLAGS, 13, 1, 0, 0 },
	{ "tcp.seq", NULL, NULL, FORM_NUMBER, 4, 4, 0, 0 },
	{ "tcp.ack", NULL, NULL, FORM_NUMBER, 8, 4, 0, 0 },
	{ "tcp.window", NULL, NULL, FORM_NUMBER, 14, 2, 0, 0 },
	{ "gso.size", "skb_shared_info", "gso_size", FORM_NUMBER, 0, 0, 0, 0 },
	{ "gso.segs", "skb_shared_info", "gso_segs", FORM_NUMBER, 0, 0, 0, 0 },
	{ "gso.frags", "skb_shared_info", "nr_frags", FORM_NUMBER, 0, 0, 0, 0 },
	{ "vlan.proto", "sk_buff", "vlan_proto", FORM_VLAN, 0, 0, 0, 0 },
	{ "vlan.id", "sk_buff", "vlan_tci", FORM_NUMBER, 0, 0, 0, 12 },
	{ "vlan.priority", "sk_buff", "vlan_tci", FORM_NUMBER, 0, 0, 13, 3 },
};

#define GROUP_FIELDS	(sizeof(group_fields) / sizeof(*group_fields))

static bool is_of_group(const struct group_field *it, const char *group, size_t len)
{
	return !strncmp(it->name, group, len) && it->name[len] == '.';
}

static int say(const char *name, size_t len, const char *why)
{
	warnx("field '%.*s': %s", (int)len, name, why);
	return -EINVAL;
}

/* Puts where head and end of an sk_buff lie before the steps (field_code.c). */
static int find_shared(const struct btf *btf, struct field *field)
{
	int head = btf_member_offset(btf, "sk_buff", "head");
	int end = btf_member_offset(btf, "sk_buff", "end");

	if (head < 0 || end < 0 || field->step_count)
		return -EINVAL;
	field->base = BASE_SHARED;
	field->steps[0] = head;
	field->steps[1] = end;
	field->step_count = 2;
	return 0;
}

static int find_in_struct(const struct btf *btf, const struct group_field *it,
			  struct field *field)
{
	char why[FIELD_ERROR];
	int err = field_find(btf, it->strct, it->path, field, why);

	if (err)
		return say(it->name, strlen(it->name), why);
	if (strcmp(it->strct, "sk_buff"))
		err = find_shared(btf, field);
	field->shift = it->shift;
	field->width = it->width;
	return err;
}

/* RFC 9293 has the header. */
static int find_in_tcp(const struct group_field *it, struct field *field)
{
	*field = (struct field){
		.base = BASE_TCP,
		.offset = it->offset,
		.size = it->size,
		.is_swapped = true,
	};
	return 0;
}

static int add_group_field(const struct btf *btf, const struct group_field *it,
			   struct asked_fields *asked)
{
	struct field *field = &asked->list[asked->count];
	int err;

	if (asked->count == MAX_FIELDS)
		return say(it->name, strlen(it->name), "is one too many");
	err = it->strct ? find_in_struct(btf, it, field) : find_in_tcp(it, field);
	if (err)
		return err;
	field->form = it->form;
	snprintf(field->name, sizeof(field->name), "%s", it->name);
	asked->has_tcp |= field->base == BASE_TCP;
	asked->has_vlan |= asked_is_vlan(field);
	asked->count++;
	return 0;
}

static int add_group(const struct btf *btf, const char *name, size_t len,
		     struct asked_fields *asked)
{
	int err = 0, found = 0;

	for (size_t i = 0; !err && i < GROUP_FIELDS; i++)
		if (is_of_group(&group_fields[i], name, len)) {
			err = add_group_field(btf, &group_fields[i], asked);
			found = 1;
		}
	return err || found ? err :
			      say(name, len, "must be tcp, gso, vlan, tunnel or skb.MEMBER");
}

static int add_member(const struct btf *btf, const char *name, size_t len,
		      struct asked_fields *asked)
{
	struct field *field = &asked->list[asked->count];
	char text[FIELD_NAME_LEN], why[FIELD_ERROR];

	if (len >= sizeof(text))
		return say(name, len, "has too long a name");
	if (asked->count == MAX_FIELDS)
		return say(name, len, "is one too many");
	snprintf(text, sizeof(text), "%.*s", (int)len, name);
	if (field_find(btf, "sk_buff", text + strlen(SKB), field, why))
		return say(name, len, why);
	strcpy(field->name, text);
	asked->count++;
	return 0;
}

/* From 6.2 on the tag itself, before that a bit tells whether there is one. */
static int find_tag(const struct btf *btf, struct field *tag)
{
	char why[FIELD_ERROR];

	if (!field_find(btf, "sk_buff", "vlan_all", tag, why) ||
	    !field_find(btf, "sk_buff", "vlan_present", tag, why))
		return 0;
	return say("vlan", strlen("vlan"), why);
}

/* bpf/tunnel_fields.h reads them. */
static int check_tunnel(const struct btf *btf)
{
	static const char *const wanted[][2] = {
		{ "metadata_dst", "u.tun_info.key.tun_id" },
		{ "sk_buff", "inner_network_header" },
		{ "sk_buff", "encapsulation" },
	};
	char why[FIELD_ERROR];
	struct field field;

	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
		if (field_find(btf, wanted[i][0], wanted[i][1], &field, why))
			return say(TUNNEL, strlen(TUNNEL), why);
	return 0;
}

static int add(const struct btf *btf, const char *name, size_t len,
	       struct asked_fields *asked)
{
	if (!strncmp(name, SKB, strlen(SKB)))
		return add_member(btf, name, len, asked);
	if (len != strlen(TUNNEL) || strncmp(name, TUNNEL, len))
		return add_group(btf, name, len, asked);
	asked->has_tunnel = true;
	return check_tunnel(btf);
}

int asked_find(const struct btf *btf, const char *names, struct asked_fields *asked)
{
	size_t len;
	int err = 0;

	memset(asked, 0, sizeof(*asked));
	for (; !err && *names; names += len + !!names[len]) {
		len = strcspn(names, ",");
		err = add(btf, names, len, asked);
	}
	if (!err && asked->has_vlan)
		err = find_tag(btf, &asked->tag);
	return err;
}

bool asked_is_vlan(const struct field *field)
{
	return !strncmp(field->name, VLAN, strlen(VLAN));
}
