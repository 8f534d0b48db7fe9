// SPDX-License-Identifier: GPL-2.0-only
/* Kernel symbols: by name, by compiler's variant, by address. */
#include "../../../loader/syms/ksyms.h"
#include "../../../loader/syms/variants.h"
#include "capture.h"

#include <unistd.h>

static const char text[] =
	"ffffffff81000000 T _stext\n"
	"ffffffff81000100 t twin\n"
	"ffffffff81000200 T ip_rcv\n"
	"ffffffff81000200 T ip_rcv_alias\n"
	"0000000000001000 D data_symbol\n"
	"ffffffff81000300 t twin\n"
	"ffffffff81000400 t opt.isra.0\n"
	"ffffffff81000500 t opt.cold\n"
	"ffffffff81000600 t opt.constprop.12.isra.0\n"
	"ffffffff81000700 t opt.part.0\n"
	"ffffffff81000800 t opt.llvm.1234567890\n"
	"ffffffff81000900 t opt.isra.0.cold\n"
	"ffffffff81000a00 W optional.isra.0\n"
	"ffffffff81000b00 t priv.lto_priv.3\n"
	"ffffffffc0002000 t veth_xmit\t[veth]\n"
	"ffffffffc0001000 t twin\t[bridge]";

static struct ksyms *parse(const char *bytes)
{
	struct ksyms *syms;

	return ksyms_parse("syms", bytes, strlen(bytes), &syms) ? NULL : syms;
}

static void test_find(const struct ksyms *syms)
{
	const struct ksym *sym = ksyms_find(syms, "ip_rcv", NULL);

	is_int(ksyms_count(syms), 15, "text symbols are counted");
	is_int(ksyms_hidden(syms), 0, "addresses are not hidden");
	ok(sym && sym->addr == 0xffffffff81000200, "find: address");
	is_str(sym->module, "", "find: of no module");
	ok(!ksyms_find(syms, "ip_rcv", sym), "find: only one");
	ok(!ksyms_find(syms, "ip_rc", NULL), "find: not a beginning");
	ok(!ksyms_find(syms, "data_symbol", NULL), "find: no data");
	ok(!ksyms_find(syms, "", NULL), "find: not the empty name");
	sym = ksyms_find(syms, "veth_xmit", NULL);
	is_str(sym ? sym->module : NULL, "veth", "find: of a module");
	sym = ksyms_find(syms, "opt.cold", NULL);
	is_int(sym ? sym->addr : 0, 0xffffffff81000500, "find: with a suffix");
}

static void test_find_several(const struct ksyms *syms)
{
	const struct ksym *sym = ksyms_find(syms, "twin", NULL);

	is_int(sym->addr, 0xffffffff81000100, "several: the first");
	sym = ksyms_find(syms, "twin", sym);
	is_int(sym->addr, 0xffffffff81000300, "several: the second");
	sym = ksyms_find(syms, "twin", sym);
	is_int(sym->addr, 0xffffffffc0001000, "several: the third");
	is_str(sym->module, "bridge", "several: its module");
	ok(!ksyms_find(syms, "twin", sym), "several: no more");
}

static void test_find_suffixed(const struct ksyms *syms)
{
	static const char *const want[] = { "opt.isra.0",
					    "opt.constprop.12.isra.0",
					    "opt.llvm.1234567890" };
	const struct ksym *sym = NULL;
	int i;

	for (i = 0; i < 3; i++) {
		sym = ksyms_find_suffixed(syms, "opt", sym);
		is_str(sym ? sym->name : NULL, want[i], want[i]);
	}
	ok(sym && !ksyms_find_suffixed(syms, "opt", sym),
	   "pieces (.part, .cold) are no variants");
	ok(!ksyms_find_suffixed(syms, "ip_rcv", NULL),
	   "the name itself is no variant");
	ok(!ksyms_find_suffixed(syms, "op", NULL), "nor is a longer name");
}

static void test_find_in(const struct ksyms *syms)
{
	const struct ksym *sym = ksyms_find_in(syms, "twin", "bridge");

	is_int(sym ? sym->addr : 0, 0xffffffffc0001000, "in a module");
	ok(!ksyms_find_in(syms, "veth_xmit", ""), "not in vmlinux");
	ok(ksyms_find_suffixed_in(syms, "opt", "") != NULL,
	   "a variant in vmlinux");
	ok(!ksyms_find_suffixed_in(syms, "opt", "veth"), "... not in a module");
}

static void test_may_move(const struct ksyms *syms)
{
	const struct ksym *sym = NULL;

	sym = ksyms_find_suffixed(syms, "opt", sym);
	is_int(variant_may_move(sym->name), 1, "isra may move arguments");
	sym = ksyms_find_suffixed(syms, "opt", sym);
	is_int(variant_may_move(sym->name), 1, "... so may constprop and isra");
	sym = ksyms_find_suffixed(syms, "opt", sym);
	is_int(variant_may_move(sym->name), 0, "llvm does not");
	sym = ksyms_find_suffixed(syms, "priv", NULL);
	is_int(sym ? variant_may_move(sym->name) : -1, 0, "nor does lto_priv");
}

static void is_at(const struct ksyms *syms, uint64_t addr, const char *want)
{
	const struct ksym *sym = ksyms_at(syms, addr);
	char what[64];

	snprintf(what, sizeof(what), "at 0x%llx", (unsigned long long)addr);
	is_str(sym ? sym->name : NULL, want, what);
}

static void test_at(const struct ksyms *syms)
{
	is_at(syms, 0, NULL);
	is_at(syms, 0xffffffff80ffffff, NULL);
	is_at(syms, 0xffffffff81000000, "_stext");
	is_at(syms, 0xffffffff810000ff, "_stext");
	is_at(syms, 0xffffffff81000200, "ip_rcv");
	is_at(syms, 0xffffffff810002ff, "ip_rcv");
	is_at(syms, 0xffffffffc0001fff, "twin");
	is_at(syms, 0xffffffffffffffff, "veth_xmit");
}

static void test_hidden(void)
{
	struct ksyms *syms = parse("0000000000000000 T one\n"
				   "0000000000000000 t two\n");

	is_int(ksyms_hidden(syms), 1, "hidden: addresses are all 0");
	ok(ksyms_find(syms, "two", NULL) != NULL, "hidden: names still work");
	ok(!ksyms_at(syms, 0x1000), "hidden: no symbol by address");
	ksyms_free(syms);
}

static void is_refused(const char *bytes, const char *want)
{
	struct ksyms *syms;

	capture_begin();
	syms = parse(bytes);
	is_str(capture_end(), want, want);
	ok(!syms, "... and gives nothing");
}

static void test_refused(void)
{
	is_refused("", "bpfpath: syms: no functions in it");
	is_refused("0000000000001000 D data\n",
		   "bpfpath: syms: no functions in it");
	is_refused("1 T a\nsomething else\n",
		   "bpfpath: syms:2: not a line of kernel symbols");
	is_refused("1 T a\n\n2 T b\n",
		   "bpfpath: syms:2: not a line of kernel symbols");
	is_refused("11111111111111111 T a\n",
		   "bpfpath: syms:1: not a line of kernel symbols");
	is_refused("1 T \n", "bpfpath: syms:1: not a line of kernel symbols");
	is_refused("1 T", "bpfpath: syms:1: not a line of kernel symbols");
	is_refused("1 T a\tveth\n",
		   "bpfpath: syms:1: not a line of kernel symbols");
	is_refused("1 T a\t[veth\n",
		   "bpfpath: syms:1: not a line of kernel symbols");
}

static void test_files(void)
{
	struct ksyms *syms;

	capture_begin();
	is_int(ksyms_open("/nonexistent/syms", &syms), -ENOENT,
	       "a file that is not there");
	is_str(capture_end(),
	       "bpfpath: /nonexistent/syms: No such file or directory",
	       "... is named");
	if (access(KSYMS_FILE, R_OK))
		return;
	is_int(ksyms_open(KSYMS_FILE, &syms), 0,
	       "this kernel's symbols are read");
	ok(ksyms_count(syms) > 1000, "... all of them");
	ksyms_free(syms);
}

/* Are the addresses of that text shown? */
static int shown(const char *bytes)
{
	char path[] = "/tmp/bpfpath-ksyms.XXXXXX";
	int fd = mkstemp(path), answer = -1;

	if (fd >= 0 && write(fd, bytes, strlen(bytes)) == (ssize_t)strlen(bytes))
		answer = ksyms_shown(path);
	close(fd);
	unlink(path);
	return answer;
}

static void test_shown(void)
{
	is_int(shown(text), 1, "shown: addresses");
	is_int(shown("0000000000000000 A per_cpu\n0000000000000000 T first\n"
		     "ffffffff81000000 T second\n"), 1, "shown: not the first");
	is_int(shown("0000000000000000 T first\n0000000000000000 T second\n"),
	       0, "shown: none");
	is_int(ksyms_shown("/proc/no-such-file"), 1, "shown: not known");
}

int main(void)
{
	struct ksyms *syms = parse(text);

	tap_plan(66);
	test_find(syms);
	test_find_several(syms);
	test_find_suffixed(syms);
	test_find_in(syms);
	test_may_move(syms);
	test_at(syms);
	ksyms_free(syms);
	test_hidden();
	test_shown();
	test_refused();
	test_files();
	return tap_done();
}
