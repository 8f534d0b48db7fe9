# SPDX-License-Identifier: GPL-2.0-only
#
#   make              build/bpfload and build/pathreport
#   make install      below PREFIX (/usr/local); DESTDIR goes before it
#   make bundle       build/bpfpath-VERSION-MACHINE.tar.xz, which needs no libraries
#   make deb, rpm     a package, below build/
#   make dist         build/bpfpath-VERSION.tar.gz, the sources of the last commit
#   make check-unit   builds and runs the unit tests, with sanitizers, no root
#   make unit-programs  only builds them, below build/tests
#   make fuzz         parsers with random input, FUZZ_S (10) seconds each
#   make check-tools  programs of the end-to-end tests, below build/e2e
#   make check        everything (selftests/run.sh; needs root)
#   make bench        what tracing costs (Documentation/benchmark.md)
#   make lint         shellcheck, warnings of gcc and clang, also of bpf/
#   make clean

# What the environment says of the compiler counts.
ifeq ($(origin CC),default)
CC	= gcc
endif
CLANG	?= clang
CFLAGS	?= -O2 -g
BUILD	= build

WARN	= -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	  -Wformat=2 -Wundef -Wwrite-strings
ALL_CFLAGS = -std=gnu11 -D_GNU_SOURCE $(WARN) $(CPPFLAGS) $(CFLAGS) -MMD -MP
SANITIZE   = -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
	     -fno-sanitize-recover=undefined

COMMON	= $(patsubst lib/%.c,%.o,$(wildcard lib/*.c))
LOADER	= $(patsubst loader/%.c,%.o,$(wildcard loader/*.c loader/*/*.c))
REPORT	= $(patsubst report/%.c,%.o,$(wildcard report/*.c report/*/*.c))
LIBS	= -lelf -lz -pthread

# Filter expressions need libpcap; "make PCAP=" builds without.
PCAP	:= $(shell $(CC) -E -include pcap/pcap.h -x c /dev/null >/dev/null 2>&1 && \
	     echo yes)
ifneq ($(PCAP),)
ALL_CFLAGS += -DHAVE_PCAP
LIBS	+= -lpcap
endif

# A line for each thing that is made; V=1: the command; make -s: nothing.
SILENT	= $(findstring s,$(firstword -$(MAKEFLAGS)))
say	= $(if $(V)$(SILENT),,@printf '  %-8s%s\n' $(1) $(2);)

# bpfpath.sh looks at this one file to see whether all is made.
all: $(BUILD)/built
$(BUILD)/built: $(BUILD)/bpfload $(BUILD)/pathreport bpf
	@touch $@

# The programs that run in the kernel, for each architecture. They know nothing of the
# kernel, the filter or the options (bpf/constants.def).
ARCHES	= x86_64 aarch64
BPF_CFLAGS = -O2 -g -fdebug-compilation-dir=. -target bpf -mcpu=v3 -std=gnu11 \
	     -Wall -Wextra -Werror -I bpf \
	     $(HEADERS:%=-idirafter %)
HEADERS	:= $(wildcard /usr/include/$(shell uname -m)-linux-gnu)
BPF	= $(ARCHES:%=bpf-%)

bpf: $(BPF)

define BPF_RULES
bpf-$(1): $(patsubst bpf/%.c,$(BUILD)/bpf/$(1)/%.o,$(wildcard bpf/*.c))

$(BUILD)/bpf/$(1)/%.o: bpf/%.c
	@mkdir -p $$(@D)
	$$(call say,CLANG,$$@)$(CLANG) $(BPF_CFLAGS) -DARCH_$(1) -MMD -MP -c -o $$@ $$<
endef
$(foreach arch,$(ARCHES),$(eval $(call BPF_RULES,$(arch))))

# The probes of the default list, an object for each function (bpf/own/kprobe.c), of this
# machine's architecture: NUM.NAME.FIN.ARG.o.
MACHINE	:= $(firstword $(subst -, ,$(shell $(CC) -dumpmachine)))
OWN_AWK	= $$1 ~ /^[A-Za-z_0-9]+$$/ && $$2 ~ /^[012]$$/ && $$3 ~ /^(\*?[1-8])?$$/ { \
		sub(/\*/, "", $$3); \
		print NR "." $$1 "." $$2 "." ($$3 ? $$3 : 1) }
OWN	:= $(shell awk '$(OWN_AWK)' kp_funcs.list)

OWN_OBJECTS = $(OWN:%=$(BUILD)/bpf/$(MACHINE)/kprobe/%.o)

# Removes objects of lines that are no more, and of other lists.
bpf-$(MACHINE): $(OWN_OBJECTS)
	@rm -f $(filter-out $(OWN_OBJECTS),$(wildcard $(BUILD)/bpf/$(MACHINE)/kprobe/*.o))

# Objects for another list, which BPFPATH_LIST in the environment names. bpfpath.sh calls
# this with -a kprobe -f. The next "make" removes them, so that none is old.
ifneq ($(BPFPATH_LIST),)
own: $(patsubst %,$(BUILD)/bpf/$(MACHINE)/kprobe/%.o,\
	$(shell awk '$(OWN_AWK)' "$$BPFPATH_LIST"))
endif

$(BUILD)/bpf/$(MACHINE)/kprobe/%.o: bpf/own/kprobe.c $(wildcard bpf/*.h bpf/*.def)
	@mkdir -p $(@D)
	$(call say,CLANG,$@)$(CLANG) $(BPF_CFLAGS) -DARCH_$(MACHINE) \
		-DKP_NUM=$(word 1,$(subst ., ,$*)) \
		-DKP_NAME=$(word 2,$(subst ., ,$*)) \
		-DKP_FIN=$(word 3,$(subst ., ,$*)) \
		-DKP_ARG=$(word 4,$(subst ., ,$*)) -c -o $@ $<

$(BUILD)/bpfload: $(LOADER:%=$(BUILD)/loader/%) $(COMMON:%=$(BUILD)/lib/%)
	$(call say,LINK,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/pathreport: $(REPORT:%=$(BUILD)/report/%) $(COMMON:%=$(BUILD)/lib/%)
	$(call say,LINK,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC,$@)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# Unit tests: each is a program, linked with lib/ and the program that it tests without
# main(), under AddressSanitizer and UndefinedBehaviorSanitizer.
TESTS_LOADER = $(notdir $(basename $(wildcard selftests/unit/loader/test_*.c)))
TESTS_REPORT = $(notdir $(basename $(wildcard selftests/unit/report/test_*.c)))
TESTS_COMMON = $(notdir $(basename $(wildcard selftests/unit/lib/test_*.c)))
TESTS	= $(patsubst %,$(BUILD)/tests/%,$(TESTS_LOADER) $(TESTS_REPORT) $(TESTS_COMMON))

unit-programs: $(TESTS)

check-unit: unit-programs
	selftests/run.sh -n unit

$(BUILD)/asan/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC,$@)$(CC) $(ALL_CFLAGS) $(SANITIZE) -c -o $@ $<

# Each of the two programs without its main(), as a library.
$(BUILD)/asan/lib.a: $(COMMON:%=$(BUILD)/asan/lib/%)
$(BUILD)/asan/loader.a: $(patsubst %,$(BUILD)/asan/loader/%,$(filter-out main.o,$(LOADER)))
$(BUILD)/asan/report.a: $(patsubst %,$(BUILD)/asan/report/%,$(filter-out main.o,$(REPORT)))
$(BUILD)/asan/%.a:
	@rm -f $@
	$(call say,AR,$@)$(AR) rcs $@ $^

$(TESTS_LOADER:%=$(BUILD)/tests/%): $(BUILD)/tests/%: \
		$(BUILD)/asan/selftests/unit/loader/%.o $(BUILD)/asan/loader.a \
		$(BUILD)/asan/lib.a
	@mkdir -p $(@D)
	$(call say,LINK,$@)$(CC) $(SANITIZE) -o $@ $^ $(LIBS)

$(TESTS_REPORT:%=$(BUILD)/tests/%): $(BUILD)/tests/%: \
		$(BUILD)/asan/selftests/unit/report/%.o $(BUILD)/asan/report.a \
		$(BUILD)/asan/lib.a
	@mkdir -p $(@D)
	$(call say,LINK,$@)$(CC) $(SANITIZE) -o $@ $^

$(TESTS_COMMON:%=$(BUILD)/tests/%): $(BUILD)/tests/%: \
		$(BUILD)/asan/selftests/unit/lib/%.o $(BUILD)/asan/lib.a
	@mkdir -p $(@D)
	$(call say,LINK,$@)$(CC) $(SANITIZE) -o $@ $^

# Fuzz targets, of libFuzzer: each is linked with the program that it tests, which clang
# builds for that; of the loader without the parts that act on the kernel. Sanitizers that
# find nothing which the address sanitizer does not find are left out.
FUZZ_LOADER = $(notdir $(basename $(wildcard selftests/fuzz/loader/*.c)))
FUZZ_REPORT = $(notdir $(basename $(wildcard selftests/fuzz/report/*.c)))
FUZZ	= $(FUZZ_LOADER:%=$(BUILD)/fuzz/%) $(FUZZ_REPORT:%=$(BUILD)/fuzz/%)
FUZZ_CFLAGS = -O1 -gline-tables-only -fno-omit-frame-pointer \
	      -fsanitize=fuzzer-no-link,address,undefined \
	      -fno-sanitize=null,object-size -fno-sanitize-recover=undefined
FUZZ_LDFLAGS = -fsanitize=fuzzer,address,undefined

fuzz: fuzz-build
	selftests/fuzz/run.sh $(notdir $(FUZZ))

fuzz-build: $(FUZZ)

$(BUILD)/fuzz/libfuzzer:
	@mkdir -p $(@D)
	@echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' | \
		$(CLANG) $(FUZZ_LDFLAGS) -x c -o $@ - 2>/dev/null || { \
		echo "no libFuzzer for $(CLANG): install libclang-rt-dev" \
			"(Debian, Ubuntu) or compiler-rt (Fedora, Arch, Alpine)"; \
		exit 1; } >&2

$(BUILD)/fuzz/%.o: %.c | $(BUILD)/fuzz/libfuzzer
	@mkdir -p $(@D)
	$(call say,CLANG,$@)$(CLANG) $(ALL_CFLAGS) $(FUZZ_CFLAGS) -c -o $@ $<

$(BUILD)/fuzz/lib.a: $(COMMON:%=$(BUILD)/fuzz/lib/%)
$(BUILD)/fuzz/loader.a: $(patsubst %,$(BUILD)/fuzz/loader/%,\
		$(filter-out main.o cmd_% list_make.o attach/%,$(LOADER)))
$(BUILD)/fuzz/report.a: $(patsubst %,$(BUILD)/fuzz/report/%,$(filter-out main.o,$(REPORT)))
$(BUILD)/fuzz/%.a:
	@rm -f $@
	$(call say,AR,$@)$(AR) rcs $@ $^

$(FUZZ_LOADER:%=$(BUILD)/fuzz/%): $(BUILD)/fuzz/%: \
		$(BUILD)/fuzz/selftests/fuzz/loader/%.o $(BUILD)/fuzz/loader.a \
		$(BUILD)/fuzz/lib.a
	$(call say,LINK,$@)$(CLANG) $(FUZZ_LDFLAGS) -o $@ $^ $(LIBS)

$(FUZZ_REPORT:%=$(BUILD)/fuzz/%): $(BUILD)/fuzz/%: \
		$(BUILD)/fuzz/selftests/fuzz/report/%.o $(BUILD)/fuzz/report.a \
		$(BUILD)/fuzz/lib.a
	$(call say,LINK,$@)$(CLANG) $(FUZZ_LDFLAGS) -o $@ $^

# Programs that make or take packets for the tests, and what guests take ready-made.
check-tools: $(patsubst selftests/%.c,$(BUILD)/%,$(shell grep -l '^int main' selftests/e2e/*.c))

ifneq ($(PCAP),)
check-tools: $(BUILD)/filter/agree $(BUILD)/filter/skb.o $(BUILD)/filter/output.o \
		$(BUILD)/filter/receive.o
endif

# A program of BPF that they load.
check-tools: $(BUILD)/e2e/shot.o
$(BUILD)/e2e/shot.o: selftests/e2e/shot.c
	@mkdir -p $(@D)
	$(call say,CLANG,$@)$(CLANG) $(BPF_CFLAGS) -c -o $@ $<

$(BUILD)/e2e/%: $(BUILD)/selftests/e2e/%.o
	@mkdir -p $(@D)
	$(call say,LINK,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -pthread

check:
	selftests/run.sh

bench:
	selftests/bench/run.sh

$(BUILD)/bench/%: $(BUILD)/selftests/bench/%.o \
		$(BUILD)/selftests/bench/sockets.o
	@mkdir -p $(@D)
	$(call say,LINK,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

# Filters against libpcap: these are linked with the loader, and load these objects.
$(BUILD)/filter/agree $(BUILD)/filter/inner: $(BUILD)/filter/%: \
		$(BUILD)/selftests/filter/%.o \
		$(BUILD)/selftests/filter/agree_run.o \
		$(BUILD)/selftests/filter/packets.o \
		$(BUILD)/selftests/filter/put.o \
		$(BUILD)/selftests/filter/put_frame.o \
		$(BUILD)/selftests/filter/tunnels.o \
		$(patsubst %,$(BUILD)/loader/%,$(filter-out main.o,$(LOADER))) \
		$(COMMON:%=$(BUILD)/lib/%)
	@mkdir -p $(@D)
	$(call say,LINK,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/filter/output.o: FORM = -DFILTER_OUTPUT
$(BUILD)/filter/receive.o: FORM = -DFILTER_RECEIVE
$(BUILD)/filter/skb.o $(BUILD)/filter/output.o $(BUILD)/filter/receive.o: selftests/filter/agree.bpf.c
	@mkdir -p $(@D)
	$(call say,CLANG,$@)$(CLANG) $(BPF_CFLAGS) $(FORM) -MMD -MP -c -o $@ $<

# Programs of bpf/, run one at a time: linked with the loader as well.
$(BUILD)/bpf-tests/%: $(BUILD)/selftests/bpf/%.o $(BUILD)/selftests/bpf/run.o \
		$(BUILD)/selftests/bpf/fake.o \
		$(patsubst %,$(BUILD)/loader/%,$(filter-out main.o,$(LOADER))) \
		$(COMMON:%=$(BUILD)/lib/%)
	@mkdir -p $(@D)
	$(call say,LINK,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/filter/random: $(BUILD)/selftests/filter/random.o \
		$(BUILD)/loader/filter/cbpf_check.o
	@mkdir -p $(@D)
	$(call say,LINK,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

include packaging/install.mk

lint:
	scripts/lint.sh

clean:
	rm -rf $(BUILD)

.PHONY: all bench bpf $(BPF) check check-tools check-unit clean fuzz fuzz-build lint \
	own unit-programs
.SECONDARY:

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
