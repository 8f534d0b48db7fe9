// SPDX-License-Identifier: GPL-2.0-only
#include "pcapng_block.h"

#include <string.h>

#define BLOCK_SECTION	0x0a0d0d0aU
#define BLOCK_INTERFACE	1
#define BLOCK_PACKET	6

#define FRAME		12	/* type, and the length at both ends; bytes */
#define BYTE_ORDER_MAGIC 0x1a2b3c4dU

static void put_u16(FILE *out, uint16_t value)
{
	putc(value & 0xff, out);
	putc(value >> 8, out);
}

static void put_u32(FILE *out, uint32_t value)
{
	put_u16(out, value & 0xffff);
	put_u16(out, value >> 16);
}

static uint32_t padded(uint32_t size)
{
	return (size + 3) & ~3U;
}

/* The bytes, and zeros until their number is one of 32-bit words. */
static void put_padded(FILE *out, const void *bytes, uint32_t size)
{
	fwrite(bytes, 1, size, out);
	for (; size & 3; size++)
		putc(0, out);
}

static uint32_t options_size(const struct pcapng_option *option)
{
	uint32_t size = 4;

	for (; option->code; option++)
		size += 4 + padded(option->size);
	return size;
}

static void put_options(FILE *out, const struct pcapng_option *option)
{
	for (; option->code; option++) {
		put_u16(out, option->code);
		put_u16(out, option->size);
		put_padded(out, option->value, option->size);
	}
	put_u32(out, 0);
}

/* Gives the block's length, for its other end. */
static uint32_t begin_block(FILE *out, uint32_t type, uint32_t body,
			    const struct pcapng_option *options)
{
	uint32_t size = FRAME + body + options_size(options);

	put_u32(out, type);
	put_u32(out, size);
	return size;
}

static void end_block(FILE *out, uint32_t size,
		      const struct pcapng_option *options)
{
	put_options(out, options);
	put_u32(out, size);
}

void pcapng_section(FILE *out, const struct pcapng_option *options)
{
	uint32_t size = begin_block(out, BLOCK_SECTION, 16, options);

	put_u32(out, BYTE_ORDER_MAGIC);
	put_u16(out, 1);
	put_u16(out, 0);
	put_u32(out, 0xffffffffU);
	put_u32(out, 0xffffffffU);
	end_block(out, size, options);
}

void pcapng_interface(FILE *out, uint16_t link_type,
		      const struct pcapng_option *options)
{
	uint32_t size = begin_block(out, BLOCK_INTERFACE, 8, options);

	put_u16(out, link_type);
	put_u16(out, 0);
	put_u32(out, 0);
	end_block(out, size, options);
}

void pcapng_packet(FILE *out, const struct pcapng_packet *packet,
		   const struct pcapng_option *options)
{
	uint32_t size = begin_block(out, BLOCK_PACKET,
				    20 + padded(packet->captured), options);

	put_u32(out, packet->interface);
	put_u32(out, packet->time >> 32);
	put_u32(out, packet->time & 0xffffffffU);
	put_u32(out, packet->captured);
	put_u32(out, packet->size);
	put_padded(out, packet->bytes, packet->captured);
	end_block(out, size, options);
}

struct pcapng_option pcapng_text(uint16_t code, const char *text)
{
	size_t size = strlen(text);

	return (struct pcapng_option){
		.code = code,
		.size = size > UINT16_MAX ? UINT16_MAX : size,
		.value = text,
	};
}
