// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as a plan: what is read is written, and read again the same.
 */
#include "../../../bpf/bpfpath.h"
#include "../../../loader/plan/plan.h"
#include "../fuzz.h"

static struct plan *read_plan(const void *bytes, size_t size)
{
	FILE *in = fmemopen((void *)bytes, size, "r");
	struct plan *plan;

	fuzz_check(in != NULL);
	plan_read(in, "fuzz", &plan);
	fclose(in);
	return plan;
}

static char *write_plan(const struct plan *plan)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	fuzz_check(!plan_write(plan, out));
	fclose(out);
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct plan *plan = size ? read_plan(data, size) : NULL, *again;
	char *first, *second;

	if (!plan)
		return 0;
	first = write_plan(plan);
	again = *first ? read_plan(first, strlen(first)) : NULL;
	if (*first) {
		fuzz_check(again != NULL);
		second = write_plan(again);
		fuzz_check(!strcmp(first, second));
		free(second);
	}
	free(first);
	plan_free(again);
	plan_free(plan);
	return 0;
}
