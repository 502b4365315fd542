# SPDX-License-Identifier: GPL-2.0-only
# Makefile - the front door: `make bench` and `make check` do all their set-up themselves
#
#	make bench		build everything, run scenarios/bench.yaml on x86_64, write the report;
#				ARCH=i386 is the paper's own comparison, KERNEL=7.3 another version,
#				FIRMWARE=uefi runs scenarios/bench-uefi.yaml
#	make check		build everything, run every test; T="name units ..." runs some
#	make check-long		the machine tests on the list LONG, which `make check` leaves out
#	make lint		compilers, cppcheck, checkpatch, shellcheck
#	make fuzz		every parser of untrusted input, SECONDS=600 each; FUZZ="name ..." some
#	make sizes		the lines that each way is made of
#	make kernels guest	only the artefacts, KERNEL=6.12 ARCH=x86_64 for another kernel;
#				make report writes the newest run's again
#	make soak		many reboots of each way in long chains; WAY="lobos kexec", N=1000
#	make nightly		the night's scenarios, judged against the history; the dashboard
#	make bisect GOOD=REV	the commit since then that cost instructions; BAD=, WAY=, METRIC=
#	make figures		the newest run's figures for print; RUN=name for another
#	make publish		the newest run becomes results/reference/; RUN=name for another
#
# REQUIRE=vm turns skipped machine tests into failures. LOBOSBENCH_CACHE moves
# the cache of expensive artefacts (default ~/.cache/lobosbench).

MAKEFLAGS += --no-builtin-rules -j$(shell nproc)
SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# What is measured when nobody says otherwise; the tests need the others, too.
DEFAULT_ARCH := x86_64
KERNEL_VARIANTS := i386 i386-pae x86_64
ifneq ($(ARCH)$(KERNEL),)
KERNEL_VARIANTS := $(foreach a,$(or $(ARCH),$(DEFAULT_ARCH)),$(or $(KERNEL:%=$(a)-%),$(a)))
endif

BUILD := build
CC := gcc
CLANG := clang
CSTD := -std=c11 -D_GNU_SOURCE
WARN := -Wall -Wextra -Werror
INCLUDES := -Iharness -Iinclude
LIBS := libvirt libvirt-qemu libxml-2.0 libcyaml yaml-0.1 sqlite3 gsl jansson zlib libcrypto libelf
# Looked up when a recipe runs, for the packages may only just have been installed.
LIB_CFLAGS = $(shell pkg-config --cflags $(LIBS))
LIB_LDFLAGS = $(shell pkg-config --libs $(LIBS)) -lcmark-gfm-extensions -lcmark-gfm -lpthread -lm
CFLAGS := -O2 -g

# The plugins are QEMU's to load, so each is a shared object of its own.
PLUGIN_API := harness/witness/plugin_api.c
WITNESS_PLUGIN := $(PLUGIN_API) $(addprefix harness/witness/,plugin.c plugin_translate.c plugin_memory.c)
WITNESS_PURE := step effect operand block place crossing
PROFILE_PLUGIN := $(PLUGIN_API) $(addprefix harness/witness/plugin_,profile.c profile_code.c memory.c)
PROFILE_PURE := step effect flow paths place symbols

SOURCES := $(wildcard harness/*.c harness/*/*.c)
MODULES := $(filter-out harness/main.c harness/witness/plugin%.c,$(SOURCES))
UNIT := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
FUZZERS := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))

.PHONY: help deps harness kernels guest bench soak nightly bisect sizes check check-long lint report figures publish clean tests-build \
	dashboard-speed fuzz fuzz-keep fuzz-lines

help:
	@sed -n '2,21s/^#[	 ]\{0,1\}//p' Makefile

deps:
	@./install-packages

# One object tree per flavour: plain, with the sanitizers for the units, for libFuzzer, and counting
# the lines that are executed. Its name, flags, compiler, and the main() of its fuzzers.
define flavour
$(BUILD)/$(1)/%.o: %.c Makefile | deps
	@mkdir -p $$(@D)
	@echo "CC $$@"
	@$$($(3)) $(CSTD) $(WARN) $(CFLAGS) $(2) $$(INCLUDES) $$(LIB_CFLAGS) -MMD -MP -c -o $$@ $$<
$(BUILD)/$(1)/liblobosbench.a: $(MODULES:%.c=$(BUILD)/$(1)/%.o)
	@rm -f $$@
	@ar rcs $$@ $$^
$(BUILD)/$(1)/test_%: $(BUILD)/$(1)/tests/unit/test_%.o $(BUILD)/$(1)/liblobosbench.a
	@echo "LD $$@"
	@$$($(3)) $(CFLAGS) $(2) -o $$@ $$^ -lcmocka $$(LIB_LDFLAGS)
$(BUILD)/$(1)/fuzz_%: $(BUILD)/$(1)/tests/fuzz/fuzz_%.o $(4:%=$(BUILD)/$(1)/%) $(BUILD)/$(1)/liblobosbench.a
	@echo "LD $$@"
	@$$($(3)) $(CFLAGS) $(2) -o $$@ $$^ $$(LIB_LDFLAGS)
endef
REPLAY := tests/fuzz/replay.o
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=undefined
$(eval $(call flavour,obj,,CC,$(REPLAY)))
$(eval $(call flavour,sanitized,$$(SANITIZE),CC,$(REPLAY)))
$(eval $(call flavour,fuzzing,$$(SANITIZE) -fsanitize=fuzzer,CLANG,))
$(eval $(call flavour,counting,-O0 --coverage,CC,$(REPLAY)))

# Of code that is the kernel's, and that of the programs which make images.
$(BUILD)/%/tests/unit/test_lobos_sum.o $(BUILD)/%/tests/unit/test_lobos_flat.o: \
	INCLUDES += -Iimpls/lobos/files/include/uapi -Iimpls/lobos/files/kernel/lobos

$(BUILD)/lobosbench: $(BUILD)/obj/harness/main.o $(BUILD)/obj/liblobosbench.a
	@echo "LD $@"
	@$(CC) $(CFLAGS) -o $@ $^ $(LIB_LDFLAGS)
$(BUILD)/witness.so: $(WITNESS_PLUGIN) $(WITNESS_PURE:%=harness/witness/%.c)
$(BUILD)/profile.so: $(PROFILE_PLUGIN) $(PROFILE_PURE:%=harness/witness/%.c)
$(BUILD)/witness.so $(BUILD)/profile.so: $(wildcard harness/witness/*.h include/*.h) harness/base/vec.h \
		harness/plan/image_extent.h Makefile | deps
	@mkdir -p $(@D)
	@echo "LD $@"
	@$(CC) $(CSTD) $(WARN) $(CFLAGS) $(INCLUDES) -fPIC -fvisibility=hidden -flto -shared -o $@ \
		$(filter %.c,$^)
$(BUILD)/clock.so $(BUILD)/discard.so: $(BUILD)/%.so: harness/witness/plugin_%.c $(PLUGIN_API) \
		$(wildcard harness/witness/*plugin*.h) include/reboot_marks.h Makefile | deps
	@mkdir -p $(@D)
	@echo "LD $@"
	@$(CC) $(CSTD) $(WARN) $(CFLAGS) $(INCLUDES) -fPIC -fvisibility=hidden -shared -o $@ \
		$(filter %.c,$^)
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

harness: $(BUILD)/lobosbench $(addprefix $(BUILD)/,witness.so profile.so clock.so discard.so)

kernels: deps
	@for v in $(KERNEL_VARIANTS); do kernels/build.sh $$v || exit; done
	@./prune-cache

guest: kernels
	@guest/build.sh $(KERNEL_VARIANTS)
	@./prune-cache

# One machine kind is enough for it; others take minutes to build.
BENCH_KERNEL := $(or $(ARCH),$(DEFAULT_ARCH))$(KERNEL:%=-%)
bench: KERNEL_VARIANTS := $(BENCH_KERNEL)
ifeq ($(FIRMWARE),uefi)
bench: harness guest
	$(BUILD)/lobosbench run bench-uefi --kernel $(BENCH_KERNEL)
else
# The witness goes first, so that the report has its evidence of each way; a reboot
# that fails under its eyes (status 1) stops no measurement.
bench: harness guest
	$(BUILD)/lobosbench witness --scenario bench --kernel $(BENCH_KERNEL) >$(BUILD)/witness.txt || [ $$? = 1 ]
	$(BUILD)/lobosbench run bench --kernel $(BENCH_KERNEL)
endif

soak: KERNEL_VARIANTS := $(BENCH_KERNEL)
soak: harness guest
	$(BUILD)/lobosbench soak $(WAY) $(if $(N),-n $(N)) $(if $(FIRMWARE),--firmware $(FIRMWARE)) \
		--kernel $(BENCH_KERNEL)

# The program ends with 1 for a regression, with 4 for a broken instrument; make says which, and ends with 2.
NIGHTLY := nightly-exact nightly-wall canary
nightly: KERNEL_VARIANTS := i386
nightly: harness guest
	@$(BUILD)/lobosbench nightly $(NIGHTLY)

bisect: KERNEL_VARIANTS := i386
bisect: harness guest
	@$(BUILD)/lobosbench bisect $(if $(GOOD),--good $(GOOD)) $(if $(BAD),--bad $(BAD)) \
		$(if $(WAY),--way $(WAY)) $(if $(METRIC),--metric $(METRIC))

report: harness
	$(BUILD)/lobosbench report

figures: harness
	$(BUILD)/lobosbench figures $(RUN)

publish:
	@report/publish.sh $(if $(RUN),results/$(RUN))

sizes: harness
	@$(BUILD)/lobosbench sizes

# Units run twice: with the sanitizers, and plainly under valgrind. So do the fuzzers' corpora.
UNIT_TESTS := $(foreach u,$(UNIT) $(FUZZERS),$(BUILD)/sanitized/$(u) $(BUILD)/valgrind/$(u))
$(BUILD)/valgrind/%: $(BUILD)/obj/% tests/under-valgrind
	@mkdir -p $(@D)
	@cp tests/under-valgrind $@
SCRIPT_TESTS := $(sort $(wildcard tests/*/*.t))
# Machine tests that `make check` leaves out, by name: those that take minutes, and variants of what it tests.
LONG := nightly profile versus forged-text stopped stopped-long honest-hints versions exact-64 kexec-options-64 \
	real-mode fragmented loaded below-4gib large mixed soak slurm
LONG_TESTS := $(LONG:%=tests/vm/%.t)
TESTS := $(UNIT_TESTS) $(filter-out $(LONG_TESTS),$(SCRIPT_TESTS))
ifdef T
among = $(filter $(addprefix %/,$(1)),$(UNIT_TESTS) $(SCRIPT_TESTS))
named = $(if $(filter units,$(1)),$(UNIT_TESTS),$(call among,$(if $(filter fuzz_corpus,$(1)),$(FUZZERS),$(1) $(1).t)))
TESTS := $(foreach t,$(T),$(or $(call named,$(t)),$(error there is no test called $(t))))
endif
PROVE := CMOCKA_MESSAGE_OUTPUT=TAP HARNESS_RULESFILE=tests/testrules.yml prove --timer --exec tests/tap --jobs $(shell nproc)

# Only tests that start machines, or all but start one, need kernels and guest.
check: harness $(if $(filter tests/vm/% tests/cli/%,$(TESTS)),guest) $(filter $(BUILD)/%,$(TESTS))
	@$(PROVE) $(TESTS)

check-long: KERNEL_VARIANTS += x86_64-6.1 x86_64-7.3 i386-6.12
check-long: harness guest
	@./install-packages slurm
	@$(if $(LONG_TESTS),$(PROVE) $(LONG_TESTS),echo "no test is on the list LONG of the Makefile")

# How long the dashboard of ten years of nights takes; in memory, where a stored sample costs no disk.
dashboard-speed: harness
	@$(CC) $(CSTD) $(WARN) $(CFLAGS) $(INCLUDES) -Itests/unit $(LIB_CFLAGS) -o $(BUILD)/make_history \
		tests/speed/make_history.c $(BUILD)/obj/liblobosbench.a $(LIB_LDFLAGS)
	@dir=$$(mktemp -d /dev/shm/lobosbench-XXXXXX) && trap 'rm -rf "$$dir"' EXIT && \
		$(BUILD)/make_history "$$dir" 3650 && \
		bash -c 'time $(BUILD)/lobosbench --results "$$0" dashboard' "$$dir"

# One process at a time. What it finds lies in build/fuzzing/; see tests/fuzz/README.md.
FUZZ := $(FUZZERS:fuzz_%=%)
SECONDS := 600
fuzz: $(FUZZ:%=$(BUILD)/fuzzing/fuzz_%)
	@tests/fuzz/run $(SECONDS) $(FUZZ)

# The new inputs that execute more become part of the kept corpora, which `make check` replays.
fuzz-keep: $(FUZZ:%=$(BUILD)/fuzzing/fuzz_%)
	@tests/fuzz/keep $(FUZZ)

# What of each parser the corpora execute, as the table of tests/fuzz/README.md.
fuzz-lines: $(FUZZERS:%=$(BUILD)/counting/%)
	@tests/fuzz/lines

lint: deps
	@tests/lint/lint.t

clean:
	rm -rf $(BUILD)

.SECONDARY:
