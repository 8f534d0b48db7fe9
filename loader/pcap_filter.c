// SPDX-License-Identifier: GPL-2.0-only
#include <err.h>
#include <errno.h>

#include "pcap_filter.h"

#ifdef HAVE_PCAP

#include <pcap/pcap.h>
#include <stdlib.h>

#define SNAPLEN		262144	/* bytes: whole packets, as tcpdump takes */

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

int pcap_filter(const char *expression, enum filter_link link,
		struct cbpf_insn **insns, __u32 *count)
{
	int raw = link == FILTER_LINK_RAW, error = -EINVAL;
	struct bpf_program program;
	pcap_t *pcap;

	pcap = pcap_open_dead(raw ? DLT_RAW : DLT_EN10MB, SNAPLEN);
	if (!pcap) {
		warnx("filter: out of memory");
		return -ENOMEM;
	}
	if (pcap_compile(pcap, &program, expression, 1, PCAP_NETMASK_UNKNOWN)) {
		warnx("filter '%s': %s%s", expression, pcap_geterr(pcap),
		      raw ? " (without link-layer header)" : "");
	} else {
		error = copy_insns(&program, insns, count);
		pcap_freecode(&program);
	}
	pcap_close(pcap);
	return error;
}

#else

int pcap_filter(const char *expression, enum filter_link link,
		struct cbpf_insn **insns, __u32 *count)
{
	(void)link;
	(void)insns;
	(void)count;
	warnx("filter '%s': built without libpcap: install libpcap-dev (Debian) or libpcap-devel (Fedora) and run make again",
	      expression);
	return -EOPNOTSUPP;
}

#endif
