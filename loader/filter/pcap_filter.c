// SPDX-License-Identifier: GPL-2.0-only
#include "pcap_filter.h"

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-' || c == '.';
}

/* The grammar's names of what begins at the link-layer header. */
static bool is_link(const char *word, size_t len)
{
	static const char *const names[] = {
		"ether", "link", "fddi", "tr", "wlan", "ppp", "slip",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strlen(names[i]) == len && !strncmp(names[i], word, len))
			return true;
	return false;
}

int pcap_reads_link(const char *expression)
{
	const char *word = expression, *end;

	while (*word) {
		for (end = word; is_word(*end); end++)
			;
		if (is_link(word, end - word) &&
		    end[strspn(end, " \t\n\r")] == '[')
			return 1;
		word = end > word ? end : end + 1;
	}
	return 0;
}

#ifdef HAVE_PCAP

#include <pcap/pcap.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>

#include "../lib/apart.h"
#include "../../lib/grow.h"
#include "split.h"

#define SNAPLEN		262144	/* bytes: whole packets, as tcpdump takes */
#define BPF_MAXINSNS	4096	/* of linux/bpf_common.h, beside which pcap's cannot be */
#define PROGRAM_MAX	(1 << 18)	/* instructions of all pieces */
#define NEVER		"expression rejects all packets"
#define MESSAGE_LEN	1024	/* bytes, more than libpcap's */
#define SHOWN_MAX	100	/* bytes of a piece in a message */

/* What the first byte says of what a job has written. */
enum outcome {
	IS_MESSAGE,
	IS_TOO_LARGE,		/* a message as well */
	IS_PROGRAM,		/* struct cbpf_insn, … */
};

/* What is compiled, and for what. */
struct compile_job {
	const char *expression;
	int link_type;
	pcap_t *pcap;
	char message[MESSAGE_LEN];	/* why the last piece is none */
};

/* With the piece, if that is not all. */
static int set_message(struct compile_job *job, const char *text,
		       const char *why)
{
	if (strlen(text) == strlen(job->expression))
		snprintf(job->message, MESSAGE_LEN, "%s", why);
	else
		snprintf(job->message, MESSAGE_LEN, "%s, in '%.*s%s'", why,
			 SHOWN_MAX, text, strlen(text) > SHOWN_MAX ? " …" : "");
	return -EINVAL;
}

static int set_large(struct compile_job *job, uint32_t count, int most)
{
	snprintf(job->message, MESSAGE_LEN,
		 "%u instructions of classic BPF, a program has %d at most",
		 count, most);
	return -E2BIG;
}

static int add_insn(struct cbpf_program *program, struct cbpf_insn insn)
{
	struct cbpf_insn *insns = grow(program->insns, program->count,
				       sizeof(*insns));

	if (!insns)
		return -ENOMEM;
	program->insns = insns;
	insns[program->count++] = insn;
	return 0;
}

static int add_insns(struct cbpf_program *program,
		     const struct bpf_program *piece)
{
	int err = 0;

	for (uint32_t i = 0; !err && i < piece->bf_len; i++) {
		const struct bpf_insn *insn = &piece->bf_insns[i];

		err = add_insn(program, (struct cbpf_insn){
			.code = insn->code,
			.jt = insn->jt,
			.jf = insn->jf,
			.k = insn->k,
		});
	}
	return err;
}

/* A piece that can never match may be one of several. */
static int compile_piece(void *ctx, const char *text,
			 struct cbpf_program *program)
{
	const struct cbpf_insn never = { .code = BPF_RET | BPF_K };
	struct compile_job *job = ctx;
	struct bpf_program piece;
	const char *why;
	int err;

	if (pcap_compile(job->pcap, &piece, text, 1, PCAP_NETMASK_UNKNOWN)) {
		why = pcap_geterr(job->pcap);
		return !strcmp(why, NEVER) ? add_insn(program, never) :
					     set_message(job, text, why);
	}
	err = piece.bf_len > BPF_MAXINSNS ?
			set_large(job, piece.bf_len, BPF_MAXINSNS) :
			add_insns(program, &piece);
	pcap_freecode(&piece);
	return err;
}

/* Does any path through it end with a match? */
static bool can_match(const struct cbpf_program *program)
{
	for (uint32_t i = 0; i < program->count; i++)
		if (BPF_CLASS(program->insns[i].code) == BPF_RET &&
		    (BPF_RVAL(program->insns[i].code) != BPF_K ||
		     program->insns[i].k))
			return true;
	return false;
}

static void compile_all(struct compile_job *job, FILE *out)
{
	struct cbpf_program program = {};
	int err = split_compile(job->expression, compile_piece, job, &program);

	if (!err && program.count > PROGRAM_MAX)
		err = set_large(job, program.count, PROGRAM_MAX);
	if (!err && !can_match(&program)) {
		snprintf(job->message, MESSAGE_LEN, NEVER);
		err = -EINVAL;
	}
	if (err == -ENOMEM)
		snprintf(job->message, MESSAGE_LEN, "out of memory");
	fputc(!err ? IS_PROGRAM :
	      err == -E2BIG ? IS_TOO_LARGE :
				IS_MESSAGE, out);
	if (err)
		fputs(job->message, out);
	else
		fwrite(program.insns, sizeof(*program.insns), program.count,
		       out);
	free(program.insns);
}

static void compile(void *ctx, FILE *out)
{
	struct compile_job *job = ctx;

	job->pcap = pcap_open_dead(job->link_type, SNAPLEN);
	if (!job->pcap) {
		fprintf(out, "%cout of memory", IS_MESSAGE);
		return;
	}
	compile_all(job, out);
	pcap_close(job->pcap);
}

static int copy_insns(const char *bytes, uint32_t count,
		      struct cbpf_insn **insns)
{
	*insns = calloc(count, sizeof(**insns));
	if (!*insns) {
		warnx("filter: out of memory");
		return -ENOMEM;
	}
	memcpy(*insns, bytes, count * sizeof(**insns));
	return 0;
}

static int refuse(int err, char **message, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Gives @err, unless there is no memory to say why. */
static int refuse(int err, char **message, const char *format, ...)
{
	va_list args;
	int len;

	va_start(args, format);
	len = vasprintf(message, format, args);
	va_end(args);
	if (len >= 0)
		return err;
	warnx("filter: out of memory");
	return -ENOMEM;
}

/* libpcap's words for it. */
static bool is_no_memory(const char *message)
{
	return strstr(message, "alloc") || strstr(message, "out of memory");
}

/* What compile() has written. */
static int take(const char *bytes, size_t size, struct cbpf_insn **insns,
		uint32_t *count, char **message)
{
	const char *why = bytes + 1;

	if (!size)
		return refuse(-EINVAL, message, "libpcap says nothing of it");
	if (*bytes == IS_TOO_LARGE)
		return refuse(-E2BIG, message, "too large: %s", why);
	if (*bytes != IS_PROGRAM && !strcmp(why, NEVER))
		return refuse(-EINVAL, message, "it can never match (%s)", NEVER);
	if (*bytes != IS_PROGRAM && is_no_memory(why))
		return refuse(-E2BIG, message,
			      "too large: libpcap needs more than %d MB for it (%s)",
			      APART_MB, why);
	if (*bytes != IS_PROGRAM)
		return refuse(-EINVAL, message, "%s", why);
	*count = (size - 1) / sizeof(**insns);
	return copy_insns(why, *count, insns);
}

static int no_result(int err, char **message)
{
	if (err == SIGXCPU)
		return refuse(-E2BIG, message,
			      "too large: libpcap works longer than %d seconds on it",
			      APART_SECONDS);
	if (err > 0)
		return refuse(-E2BIG, message, "too large, or strange: libpcap ends with: %s",
			      strsignal(err));
	warnx("filter: libpcap cannot be run: %s", strerror(-err));
	return err;
}

int filter_pcap(const char *expression, enum filter_form form,
		struct cbpf_insn **insns, uint32_t *count, char **message)
{
	struct compile_job job = {
		.expression = expression,
		.link_type = form == FILTER_L3 ? DLT_RAW : DLT_EN10MB,
	};
	char *bytes;
	size_t size;
	int err = apart_run(compile, &job, &bytes, &size);

	if (err)
		return no_result(err, message);
	err = take(bytes, size, insns, count, message);
	free(bytes);
	return err;
}

#else

int filter_pcap(const char *expression, enum filter_form form,
		struct cbpf_insn **insns, uint32_t *count, char **message)
{
	(void)form;
	(void)insns;
	(void)count;
	(void)message;
	warnx("filter '%s': built without libpcap: install libpcap-dev (Debian) or libpcap-devel (Fedora) and run make again",
	      expression);
	return -EOPNOTSUPP;
}

#endif
