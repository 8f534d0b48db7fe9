// SPDX-License-Identifier: GPL-2.0-only
#include "fields.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <linux/if_ether.h>
#include <stdio.h>
#include <string.h>

#include "../../lib/digits.h"
#include "../../lib/grow.h"
#include "../elf/obj_funcs.h"
#include "../lib/flow_text.h"
#include "../lib/headed.h"
#include "field_code.h"

#define VALUE_LEN	24	/* of a value as text, with the NUL */

struct reading {
	struct consts *consts;
	struct fields *fields;
};

static int add_insn(struct fields *fields, const char *name, const char *text)
{
	struct obj_prog *func = fields->funcs;
	struct bpf_insn *insns;
	uint64_t insn;
	int i = 0;

	while (i < FIELD_FUNCS && strcmp(name, field_funcs[i]))
		i++;
	if (i == FIELD_FUNCS || digits_read(text, 16, UINT64_MAX, &insn))
		return -EINVAL;
	func += i;
	if (!func->name && field_func(func, name))
		return -ENOMEM;
	insns = grow(func->insns, func->insn_count, sizeof(*insns));
	if (!insns)
		return -ENOMEM;
	func->insns = insns;
	memcpy(&insns[func->insn_count++], &insn, sizeof(insn));
	return 0;
}

static bool has_tunnel(const struct fields *fields)
{
	return fields->count && fields->list[fields->count - 1].form == FORM_TUNNEL;
}

size_t fields_size(const struct fields *fields)
{
	bool tunnel = has_tunnel(fields);

	return (fields->count - tunnel) * sizeof(struct field_value) +
	       (tunnel ? sizeof(struct tunnel_fields) : 0);
}

static int add_field(struct fields *fields, const char *name, const char *text)
{
	uint64_t form;

	if (fields->count > MAX_FIELDS || has_tunnel(fields) || strlen(name) >= FIELD_NAME_LEN ||
	    digits_read(text, 10, FORMS - 1, &form))
		return -EINVAL;
	strcpy(fields->list[fields->count].name, name);
	fields->list[fields->count++].form = form;
	return 0;
}

static int read_line(void *ctx, char *line)
{
	struct reading *it = ctx;
	const char *type = strsep(&line, "\t"), *name = strsep(&line, "\t");
	uint64_t value;

	if (!name || !line)
		return -EINVAL;
	if (!strcmp(type, "insn"))
		return add_insn(it->fields, name, line);
	if (!strcmp(type, "field"))
		return add_field(it->fields, name, line);
	if (strcmp(type, "constant") || digits_read(line, 10, UINT64_MAX, &value))
		return -EINVAL;
	return consts_set(it->consts, name, value);
}

int fields_read(const char *path, struct consts *consts, struct fields *fields)
{
	struct reading it = { consts, fields };
	int err;

	memset(fields, 0, sizeof(*fields));
	err = headed_read(path, FIELDS_HEADER, "is not one of fields", read_line, &it);
	if (err)
		fields_free(fields);
	return err;
}

void fields_free(struct fields *fields)
{
	for (int i = 0; i < FIELD_FUNCS; i++)
		obj_func_clear(&fields->funcs[i]);
	memset(fields, 0, sizeof(*fields));
}

/* As tcpdump has them: an acknowledgement is a dot. */
static void flags_text(uint64_t value, char out[VALUE_LEN])
{
	static const char letters[] = "FSRP.UEW";

	for (int bit = 0; letters[bit]; bit++)
		if (value >> bit & 1)
			*out++ = letters[bit];
	strcpy(out, value & 0xff ? "" : "none");
}

/* The protocols of include/uapi/linux/if_ether.h that a tag in an sk_buff may have. */
static void vlan_text(uint64_t value, char out[VALUE_LEN])
{
	if (value == ETH_P_8021Q)
		strcpy(out, "802.1Q");
	else if (value == ETH_P_8021AD)
		strcpy(out, "802.1ad");
	else
		snprintf(out, VALUE_LEN, "0x%" PRIx64, value);
}

static void known_text(uint64_t value, enum field_form form, char out[VALUE_LEN])
{
	switch (form) {
	case FORM_TCP_FLAGS:
		flags_text(value, out);
		break;
	case FORM_VLAN:
		vlan_text(value, out);
		break;
	case FORM_HEX:
		snprintf(out, VALUE_LEN, "0x%" PRIx64, value);
		break;
	case FORM_SIGNED:
		snprintf(out, VALUE_LEN, "%" PRId64, (int64_t)value);
		break;
	default:
		snprintf(out, VALUE_LEN, "%" PRIu64, value);
	}
}

/* "NAME=" and the number, or "-". */
static int add_number(char *out, const char *name, bool known, uint64_t value)
{
	return known ? sprintf(out, " %s=%" PRIu64, name, value) :
		       sprintf(out, " %s=-", name);
}

static int add_address(char *out, const char *name, int version, const uint8_t *address)
{
	char text[INET6_ADDRSTRLEN] = "-";

	if (version)
		inet_ntop(version == 6 ? AF_INET6 : AF_INET, address, text, sizeof(text));
	return sprintf(out, " %s=%s", name, text);
}

static void add_tunnel(char *out, const struct tunnel_fields *tunnel)
{
	const struct flow *inner = &tunnel->inner;
	bool ports = flow_has_ports(inner);
	char proto[FLOW_PROTO_LEN];

	out += add_number(out, "tunnel.id", tunnel->has_id, tunnel->id);
	out += sprintf(out, " tunnel.proto=%s",
		       inner->version ? flow_proto(inner, proto) : "-");
	out += add_address(out, "tunnel.saddr", inner->version, inner->saddr);
	out += add_number(out, "tunnel.sport", ports, inner->sport);
	out += add_address(out, "tunnel.daddr", inner->version, inner->daddr);
	add_number(out, "tunnel.dport", ports, inner->dport);
}

const char *fields_text(const struct fields *fields, const void *values,
			char out[FIELDS_TEXT_LEN])
{
	uint32_t count = fields->count - has_tunnel(fields);
	const struct field_value *at = values;
	char value[VALUE_LEN], *end = out;

	*out = '\0';
	for (uint32_t i = 0; i < count; i++, at++) {
		strcpy(value, "-");
		if (at->known)
			known_text(at->value, fields->list[i].form, value);
		end += sprintf(end, " %s=%s", fields->list[i].name, value);
	}
	if (has_tunnel(fields))
		add_tunnel(end, (const void *)at);
	return out + !!*out;
}
