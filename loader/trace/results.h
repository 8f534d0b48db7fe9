/* SPDX-License-Identifier: GPL-2.0-only */
/* What functions return, by the types that BTF knows. */
#ifndef RESULTS_H
#define RESULTS_H

#include <stdint.h>

#include "../btf/btfs.h"
#include "../plan/plan.h"

#define RESULT_LEN	64

/*
 * The register's @value, returned by a function of prototype @proto, as text: the bare
 * name of an enum's value, true or false, NULL, -ENAME for an error, else a decimal
 * number; pointers and other types hexadecimal. "-": the function returns nothing.
 */
void result_text(const struct btf *btf, uint32_t proto, uint64_t value,
		 char out[RESULT_LEN]);

/*
 * The same by functions' numbers, for the probes of @plan with the types of @btfs.
 * results_new() returns NULL: no memory. For a function without BTF the register is
 * shown. @results may be NULL.
 */
struct results;
struct results *results_new(const struct plan *plan, struct btf_set *btfs);
void results_free(struct results *results);
void results_text(const struct results *results, uint32_t num, uint64_t value,
		  char out[RESULT_LEN]);

#endif /* RESULTS_H */
