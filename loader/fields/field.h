/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A number that is read of a packet: a member of its sk_buff or of what that points
 * to, or of its TCP header.
 */
#ifndef FIELD_H
#define FIELD_H

#include <stdbool.h>
#include <stdint.h>

#include "../btf/btf.h"

#define FIELD_NAME_LEN	64	/* with the NUL */
#define FIELD_STEPS	8	/* pointers that are followed, at most */

/* What the first offset counts from. */
enum field_base {
	BASE_SKB,		/* struct sk_buff */
	BASE_SHARED,		/* its struct skb_shared_info */
	BASE_TCP,		/* its TCP header */
};

/* How a value is written. */
enum field_form {
	FORM_NUMBER,
	FORM_SIGNED,
	FORM_HEX,		/* pointers */
	FORM_TCP_FLAGS,		/* as tcpdump has them */
	FORM_VLAN,		/* the protocol of a tag */
	FORM_TUNNEL,		/* not one value: struct tunnel_fields */
	FORMS,
};

struct field {
	char name[FIELD_NAME_LEN];
	enum field_base base;
	enum field_form form;
	uint32_t steps[FIELD_STEPS];	/* offsets of pointers, each from the one before */
	int step_count;
	uint32_t offset;	/* from the last one */
	uint8_t size;		/* bytes that are read: 1, 2, 4, 8 */
	uint8_t shift, width;	/* of these the bits that count; width 0: all */
	bool is_signed;
	bool is_swapped;	/* it is in network byte order */
	bool is_lent;		/* TCP has its own there in an sk_buff that it keeps */
	int whole_sock;		/* after so many steps it is at a struct sock, which is to be
				   one as a whole; 0: nowhere, or that does not matter */
	uint32_t sock_state;	/* offset of sk_state there */
};

/*
 * Finds the member at the dotted @path of struct @name, through pointers and anonymous
 * members, and fills *field but for its name and base. 0; -EINVAL, and a sentence on
 * what is wrong, without the path, in @error: there is no such member, or it is nothing
 * that is a number of 8 bytes at most.
 */
#define FIELD_ERROR	256	/* bytes */
int field_find(const struct btf *btf, const char *name, const char *path,
	       struct field *field, char error[FIELD_ERROR]);

/* Can a value of that field be @value (with all bits of a negative one)? */
bool field_holds(const struct field *field, uint64_t value, bool is_negative);

#endif /* FIELD_H */
