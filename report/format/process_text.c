// SPDX-License-Identifier: GPL-2.0-only
#include "process_text.h"
#include "../diagnose/process.h"
#include "../input/utf8.h"

#include <inttypes.h>
#include <string.h>

static bool is_call(const struct record *rec, const char *word)
{
	return rec->call && !strcmp(rec->call, word);
}

static void put_thread(FILE *out, const struct record *rec)
{
	utf8_print(out, rec->comm ? rec->comm : "a process");
	if (rec->pid.known)
		fprintf(out, " (%" PRIu64 ")", rec->pid.value);
}

/* "sendto(5), socket 30714" */
static void put_syscall(FILE *out, const struct record *rec)
{
	utf8_print(out, rec->call);
	if (is_call(rec, CALL_IO_URING))
		return;
	putc('(', out);
	if (rec->fd.known)
		fprintf(out, "%" PRIu64, rec->fd.value);
	putc(')', out);
	if (rec->socket.known)
		fprintf(out, ", socket %" PRIu64, rec->socket.value);
}

/* "curl (4711) in sendto(5), socket 30714" */
static void put_process(FILE *out, const struct record *rec)
{
	put_thread(out, rec);
	if (is_call(rec, CALL_KERNEL)) {
		fputs(", a thread of the kernel", out);
	} else if (is_call(rec, CALL_EXIT)) {
		fputs(" as it ended", out);
	} else if (is_call(rec, CALL_COMPAT)) {
		fputs(" in a system call of 32 bits", out);
	} else if (rec->call) {
		fputs(" in ", out);
		put_syscall(out, rec);
	}
	putc('\n', out);
}

/* It was an interrupt, or it is not known whether it was one. */
static void put_running(FILE *out, const struct record *rec)
{
	if (rec->pid.known && !rec->pid.value) {
		fputs("  made by the kernel, while the CPU was idle\n", out);
		return;
	}
	fputs(rec->call ? "  made in an interrupt, while " : "  made while ", out);
	put_thread(out, rec);
	fputs(" ran\n", out);
}

void process_print_maker(FILE *out, const struct path *p)
{
	const struct record *maker = process_maker(p);

	if (!maker || !maker->comm)
		return;
	if (!call_is_own(maker)) {
		put_running(out, maker);
		return;
	}
	fputs("  made by ", out);
	put_process(out, maker);
}

void process_print_reader(FILE *out, const struct data *data, const struct path *p)
{
	const struct record *reader = process_reader(data, p);

	if (!reader || !reader->comm)
		return;
	fputs("  read by ", out);
	put_process(out, reader);
}

/* Of what an interrupt does the thread is not told. */
static void put_member(struct jsonw *w, const char *key, const struct record *rec)
{
	const struct number none = { .known = false };
	bool acts = !is_call(rec, CALL_INTERRUPT);

	jsonw_open(w, key, '{');
	jsonw_string(w, "comm", acts ? rec->comm : NULL);
	jsonw_number(w, "pid", acts ? rec->pid : none);
	jsonw_string(w, "call", rec->call);
	jsonw_number(w, "fd", rec->fd);
	jsonw_number(w, "socket", rec->socket);
	jsonw_close(w, '}');
}

void process_put(struct jsonw *w, const struct data *data, const struct path *p)
{
	const struct record *maker = process_maker(p);
	const struct record *reader = process_reader(data, p);

	if (maker && maker->call)
		put_member(w, "made_by", maker);
	if (reader)
		put_member(w, "read_by", reader);
}
