// SPDX-License-Identifier: GPL-2.0-only
/*
 * A classifier of somebody else: counts the packets that it sees, and returns
 * VERDICT.
 */
#define SEC(name) __attribute__((section(name), used))
static void *(*lookup)(void *map, const void *key) = (void *)1;
struct {
	int (*type)[2];		/* an array */
	int (*max_entries)[1];
	int *key;
	long *value;
} counted SEC(".maps");
SEC("classifier") int foreign(void *ctx)
{
	int key = 0;
	long *count = lookup(&counted, &key);

	if (count)
		__sync_fetch_and_add(count, 1);
	return VERDICT;
}
char LICENSE[] SEC("license") = "GPL";
