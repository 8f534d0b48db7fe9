// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ring buffer (Documentation/bpf/ringbuf.rst). The map is mmap()ed: page
 * 0 holds the consumer's position, page 1 the producer's, then come the data,
 * twice in a row so that no sample has to be read around the end. Each sample
 * is 8-byte aligned behind a header of 8 bytes, whose first word is the length
 * with two flags.
 */
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../kernel/map.h"
#include "read.h"
#include "../kernel/sys.h"

#define ENOUGH (1 << 20)	/* bytes: there is no hurry */

struct ring {
	unsigned long *consumer;	/* we write it */
	unsigned long *producer;	/* the kernel writes it */
	const char *data;
	size_t size;			/* bytes of data */
	size_t page;
};

static int ring_mmap(struct ring *ring, int fd)
{
	void *rest;

	ring->consumer = mmap(NULL, ring->page, PROT_READ | PROT_WRITE,
			      MAP_SHARED, fd, 0);
	if (ring->consumer == MAP_FAILED)
		return -errno;
	rest = mmap(NULL, ring->page + 2 * ring->size, PROT_READ, MAP_SHARED,
		    fd, ring->page);
	if (rest == MAP_FAILED) {
		int err = -errno;

		munmap(ring->consumer, ring->page);
		return err;
	}
	ring->producer = rest;
	ring->data = (char *)rest + ring->page;
	return 0;
}

/* The size of the ring, which whoever made the map has chosen. */
static int ring_map(struct ring *ring, int fd)
{
	struct map_shape shape;
	int err = sys_map_shape(fd, &shape);

	ring->size = shape.max_entries;
	ring->page = sysconf(_SC_PAGESIZE);
	return err ? err : ring_mmap(ring, fd);
}

static int ring_open(struct reader *reader, const char *dir)
{
	struct ring *ring = calloc(1, sizeof(*ring));
	int err, fd;

	if (!ring)
		return -ENOMEM;
	fd = map_open(dir, "events");
	if (fd < 0) {
		free(ring);
		return fd;
	}
	err = ring_map(ring, fd);
	if (err) {
		warnx("map 'events': mmap: %s", strerror(-err));
		close(fd);
		free(ring);
		return err;
	}
	reader->own = ring;
	reader->fd = fd;
	reader->hasty = ring->size < ENOUGH;
	return 0;
}

/*
 * The load of the producer's position and of a sample's header acquire what
 * the kernel released with them; the store of our position releases the
 * sample for reuse. A sample that is still busy ends the walk: it and those
 * behind it are read next time. So are those that come in meanwhile: the caller
 * has other work, however fast they come.
 */
static int ring_read(struct reader *reader)
{
	struct ring *ring = reader->own;
	unsigned long at = *ring->consumer;
	unsigned long end = __atomic_load_n(ring->producer, __ATOMIC_ACQUIRE);

	while (at < end) {
		const char *sample = ring->data + at % ring->size;
		uint32_t header = __atomic_load_n((const uint32_t *)sample,
						  __ATOMIC_ACQUIRE);
		uint32_t len = header & ~(BPF_RINGBUF_BUSY_BIT |
					  BPF_RINGBUF_DISCARD_BIT);

		if (header & BPF_RINGBUF_BUSY_BIT)
			break;
		if (!(header & BPF_RINGBUF_DISCARD_BIT) &&
		    len >= sizeof(struct event))
			reader->event(reader->ctx, (const struct event *)
					(sample + BPF_RINGBUF_HDR_SZ));
		at += (len + BPF_RINGBUF_HDR_SZ + 7) / 8 * 8;
		__atomic_store_n(ring->consumer, at, __ATOMIC_RELEASE);
	}
	return 0;
}

static int ring_lost(const struct reader *reader, uint64_t counted,
		     uint64_t *lost)
{
	(void)reader;
	*lost = counted;
	return 0;
}

static void ring_close(struct reader *reader)
{
	struct ring *ring = reader->own;

	munmap(ring->producer, ring->page + 2 * ring->size);
	munmap(ring->consumer, ring->page);
	close(reader->fd);
	free(ring);
}

const struct read_ops read_ring = {
	.name = "ring",
	.open = ring_open,
	.read = ring_read,
	.lost = ring_lost,
	.close = ring_close,
};
