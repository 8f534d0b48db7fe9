// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <string.h>

#include "pcap_filter.h"

static int is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-' || c == '.';
}

/* The grammar's names of what begins at the link-layer header. */
static int is_link(const char *word, size_t len)
{
	static const char *const names[] = {
		"ether", "link", "fddi", "tr", "wlan", "ppp", "slip",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strlen(names[i]) == len && !strncmp(names[i], word, len))
			return 1;
	return 0;
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
#include <stdlib.h>

#define SNAPLEN		262144	/* bytes: whole packets, as tcpdump takes */
#define NEVER		"expression rejects all packets"

static int copy_insns(const struct bpf_program *program,
		      struct cbpf_insn **insns, __u32 *count)
{
	*insns = calloc(program->bf_len, sizeof(**insns));
	if (!*insns) {
		warnx("filter: out of memory");
		return -ENOMEM;
	}
	*count = program->bf_len;
	for (__u32 i = 0; i < *count; i++)
		(*insns)[i] = (struct cbpf_insn){
			.code = program->bf_insns[i].code,
			.jt = program->bf_insns[i].jt,
			.jf = program->bf_insns[i].jf,
			.k = program->bf_insns[i].k,
		};
	return 0;
}

static int copy_message(const char *text, char **message)
{
	if (!strcmp(text, NEVER))
		text = "it can never match (" NEVER ")";
	*message = strdup(text);
	if (*message)
		return -EINVAL;
	warnx("filter: out of memory");
	return -ENOMEM;
}

int pcap_filter(const char *expression, enum filter_link link,
		struct cbpf_insn **insns, __u32 *count, char **message)
{
	struct bpf_program program;
	pcap_t *pcap;
	int error;

	pcap = pcap_open_dead(link == FILTER_LINK_RAW ? DLT_RAW : DLT_EN10MB,
			      SNAPLEN);
	if (!pcap) {
		warnx("filter: out of memory");
		return -ENOMEM;
	}
	if (pcap_compile(pcap, &program, expression, 1, PCAP_NETMASK_UNKNOWN)) {
		error = copy_message(pcap_geterr(pcap), message);
	} else {
		error = copy_insns(&program, insns, count);
		pcap_freecode(&program);
	}
	pcap_close(pcap);
	return error;
}

#else

int pcap_filter(const char *expression, enum filter_link link,
		struct cbpf_insn **insns, __u32 *count, char **message)
{
	(void)link;
	(void)insns;
	(void)count;
	(void)message;
	warnx("filter '%s': built without libpcap: install libpcap-dev (Debian) or libpcap-devel (Fedora) and run make again",
	      expression);
	return -EOPNOTSUPP;
}

#endif
