# SPDX-License-Identifier: GPL-2.0-only
#
#   make              build/bpfload and build/pathreport
#   make check-unit   the unit tests, built with sanitizers, below build/tests
#   make check-tools  programs of the end-to-end tests, below build/e2e
#   make check        everything (selftests/run.sh; needs root)
#   make bench        what tracing costs (Documentation/benchmark.md)
#   make lint         shellcheck, warnings of gcc and clang, also of bpf/
#   make clean

CC	= gcc
CLANG	= clang
CFLAGS	= -O2 -g
BUILD	= build

WARN	= -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	  -Wformat=2 -Wundef -Wwrite-strings
ALL_CFLAGS = -std=gnu11 -D_GNU_SOURCE $(WARN) $(CFLAGS) -MMD -MP
SANITIZE   = -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
	     -fno-sanitize-recover=undefined

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

all: $(BUILD)/bpfload $(BUILD)/pathreport

$(BUILD)/bpfload: $(LOADER:%=$(BUILD)/loader/%)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/pathreport: $(REPORT:%=$(BUILD)/report/%)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

# Unit tests: each is a program that is linked with its wing of the house,
# without main(), under AddressSanitizer and UndefinedBehaviorSanitizer.
TESTS_LOADER = $(notdir $(basename $(wildcard selftests/unit/loader/test_*.c)))
TESTS_REPORT = $(notdir $(basename $(wildcard selftests/unit/report/test_*.c)))
TESTS	= $(TESTS_LOADER:%=$(BUILD)/tests/%) $(TESTS_REPORT:%=$(BUILD)/tests/%)

check-unit: $(TESTS)

$(BUILD)/asan/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(SANITIZE) -c -o $@ $<

# Each wing without its main(), as a library.
$(BUILD)/asan/loader.a: $(patsubst %,$(BUILD)/asan/loader/%,$(filter-out main.o,$(LOADER)))
$(BUILD)/asan/report.a: $(patsubst %,$(BUILD)/asan/report/%,$(filter-out main.o,$(REPORT)))
$(BUILD)/asan/%.a:
	@rm -f $@
	$(AR) rcs $@ $^

$(TESTS_LOADER:%=$(BUILD)/tests/%): $(BUILD)/tests/%: \
		$(BUILD)/asan/selftests/unit/loader/%.o $(BUILD)/asan/loader.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^ $(LIBS)

$(TESTS_REPORT:%=$(BUILD)/tests/%): $(BUILD)/tests/%: \
		$(BUILD)/asan/selftests/unit/report/%.o $(BUILD)/asan/report.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^

# Programs that make or take packets for the tests.
check-tools: $(patsubst selftests/%.c,$(BUILD)/%,$(shell grep -l '^int main' selftests/e2e/*.c))

$(BUILD)/e2e/%: $(BUILD)/selftests/e2e/%.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -pthread

check:
	selftests/run.sh

bench:
	selftests/bench/run.sh

$(BUILD)/bench/%: $(BUILD)/selftests/bench/%.o \
		$(BUILD)/selftests/bench/sockets.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

# Filters against libpcap: these are linked with the loader.
$(BUILD)/filter/agree $(BUILD)/filter/inner: $(BUILD)/filter/%: \
		$(BUILD)/selftests/filter/%.o \
		$(BUILD)/selftests/filter/agree_run.o \
		$(BUILD)/selftests/filter/packets.o \
		$(BUILD)/selftests/filter/tunnels.o \
		$(patsubst %,$(BUILD)/loader/%,$(filter-out main.o,$(LOADER)))
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/filter/random: $(BUILD)/selftests/filter/random.o \
		$(BUILD)/loader/filter/cbpf_c.o $(BUILD)/loader/filter/cbpf_check.o \
		$(BUILD)/loader/filter/cbpf_text.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

lint:
	scripts/lint.sh

clean:
	rm -rf $(BUILD)

.PHONY: all bench check check-tools check-unit lint clean
.SECONDARY:

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
