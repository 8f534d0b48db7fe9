/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The blocks of a pcapng file (draft-ietf-opsawg-pcapng), in little-endian byte
 * order on every machine. Write errors are found in the stream.
 */
#ifndef PCAPNG_BLOCK_H
#define PCAPNG_BLOCK_H

#include <stdint.h>
#include <stdio.h>

/* Options of all blocks, of a section, an interface, a packet. */
enum {
	PCAPNG_COMMENT = 1,
	PCAPNG_OS = 3,
	PCAPNG_APPLICATION = 4,
	PCAPNG_IF_NAME = 2,
	PCAPNG_IF_DESCRIPTION = 3,
	PCAPNG_IF_TSRESOL = 9,
	PCAPNG_FLAGS = 2,
};

#define PCAPNG_NANOSECONDS	9	/* PCAPNG_IF_TSRESOL: 10^-9 s */
#define PCAPNG_INBOUND		1	/* PCAPNG_FLAGS */
#define PCAPNG_OUTBOUND		2

struct pcapng_option {
	uint16_t code;		/* 0: the last one */
	uint16_t size;		/* bytes */
	const void *value;
};

struct pcapng_packet {
	uint32_t interface;	/* 0, 1, … in the order of their blocks */
	uint64_t time;		/* in the interface's units */
	const uint8_t *bytes;
	uint32_t captured;	/* bytes that are there … */
	uint32_t size;		/* … of the packet's */
};

/* The first block (section header): version 1.0, length not given. */
void pcapng_section(FILE *out, const struct pcapng_option *options);

/* An interface whose packets, whole or cut off, are of that link type (LINKTYPE_…). */
void pcapng_interface(FILE *out, uint16_t link_type,
		      const struct pcapng_option *options);

/* A packet (enhanced packet block), with its bytes. */
void pcapng_packet(FILE *out, const struct pcapng_packet *packet,
		   const struct pcapng_option *options);

/* An option that holds text, cut to what fits. */
struct pcapng_option pcapng_text(uint16_t code, const char *text);

#endif /* PCAPNG_BLOCK_H */
