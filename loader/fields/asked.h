/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fields by the names that users give them: "skb.dev.mtu", and groups ("tcp"), which stand
 * for several fields.
 */
#ifndef ASKED_H
#define ASKED_H

#include "../../bpf/bpfpath.h"
#include "field.h"

struct asked_fields {
	struct field list[MAX_FIELDS];
	uint32_t count;
	struct field tag;	/* 0: the sk_buff keeps no VLAN tag, and FORM_VLAN … */
	bool has_vlan, has_tcp;	/* … and other fields of "vlan" are not known; are there
				   any? */
	bool has_tunnel;	/* struct tunnel_fields is asked for, besides these */
};

/*
 * Finds the fields of @names, separated by commas. 0; -EINVAL, and has said which of them
 * this kernel lacks.
 */
int asked_find(const struct btf *btf, const char *names, struct asked_fields *asked);

/* Is the field one of a VLAN tag? */
bool asked_is_vlan(const struct field *field);

#endif /* ASKED_H */
