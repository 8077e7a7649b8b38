# The front door of Box Office. Plain `make` prints what it can do.
#
# A line "name: ## group: text" becomes a line of that help.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.SUFFIXES:
.DELETE_ON_ERROR:

CC = gcc
CFLAGS ?= -O2 -g
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -Wall -Wextra -pthread -MMD -MP $(CFLAGS)

# ---- for students ----

.PHONY: board check watch hint reset report build
board: tools ## student: the labs, how far you are, and your points
	@tools/board

check: tools ## student: check your work                         make check LAB=06
	@tools/check/check "$(LAB)"

watch: tools ## student: check it again whenever you save        make watch LAB=06
	@tools/watch "$(LAB)"

hint: setup ## student: the next hint (LAB=06 TASK=2)           make hint LAB=06
	@tools/hint "$(LAB)" "$(TASK)"

build: setup ## student: build a lab's program, to try it out    make build LAB=06
	@tools/build "$(LAB)"

# Races found are what it is for, and no error of make's.
report: tools ## student: what the race detectors say, explained  make report LAB=06
	@build/bin/report $(if $(LAB),--lab "$(LAB)") $(if $(DEMO),--demo "$(DEMO)") $(FILE) || [ $$? -eq 1 ]

reset: setup ## student: start a lab again; keeps your files     make reset LAB=06
	@tools/reset "$(LAB)"

# ---- for instructors ----

ifneq ($(wildcard solutions),)
.PHONY: handout grade grade-tools gradescope autolab classroom50
grade: grade-tools ## instructor: grade submissions  make grade LAB=06 SUBMISSIONS=dir
	@build/bin/grade $(if $(LAB),--lab "$(LAB)") $(if $(OUT),--out "$(OUT)") \
	    $(if $(JOBS),--jobs "$(JOBS)") "$(SUBMISSIONS)"

gradescope: setup ## instructor: pack a lab's grader; also autolab, classroom50  (LAB=06)
	@tools/grade/course/pack $@ "$(LAB)"

autolab: setup
	@tools/grade/course/pack $@ "$(LAB)"

classroom50: setup
	@tools/grade/course/pack $@ "$(LAB)"

grade-tools: tools
	@tools/setup labs grade
	@$(MAKE) --no-print-directory --silent build/grade/filter.bpf

handout: setup ## instructor: what students get, up to a lab          make handout LAB=04
	@tools/handout $(if $(LAB),"$(LAB)")
endif

# ---- for lecturers ----

.PHONY: demo play matrix slides slides-watch slides-update serve
demo: tools ## lecturer: a race, caught, explained, fixed     make demo DEMO=list
	@tools/demo $(if $(DEMO),"$(DEMO)")

ifneq ($(wildcard slides),)
play: tools ## lecturer: you decide who goes on    make play DEMO=lost-update
	@tools/demo.d/play "$(DEMO)" "$(PAGE)"

slides: tools ## lecturer: the lectures, as HTML and PDF, in build/slides
	@tools/setup slides
	@tools/setup browser || true
	@tools/slides/slides

slides-watch: tools ## lecturer: builds a lecture again whenever it is saved
	@tools/setup slides
	@tools/slides/watch

slides-update: tools
	@tools/slides/fences update slides/[0-9]*.md

serve: tools ## lecturer: the solved server of a lab     make serve LAB=03 PORT=7070
	@tools/serve "$(LAB)" $(if $(PORT),"$(PORT)")

matrix: tools ## lecturer: what each detector says of each demo: slides/matrix.md
	@tools/matrix
endif

# ---- for everybody ----

.PHONY: help setup doctor tools clean
help:
	@awk -f tools/help.awk Makefile

setup: ## everybody: install what is missing (says what, first)
	@tools/setup labs

doctor: tools ## everybody: do the detectors work on this machine?
	@tools/doctor

clean: ## everybody: remove what was built, and the points; your files stay
	rm -rf build dist

# ---- for the kit's developers ----

ifneq ($(wildcard solutions),)
.PHONY: test test-more test-long test-tools mutants lint bench soak
test: ## developer: the kit's own tests, 4 minutes   make test TEST=lab06
	@tools/setup labs grade tests
	@$(MAKE) --no-print-directory test-tools
	@tools/test $(if $(TEST),--only "$(TEST)") tests tests/unit tests/oracle

test-more: ## developer: wrong fixes, hostile submissions, slides
	@tools/setup labs grade tests slides browser lint
	@$(MAKE) --no-print-directory test-tools
	@tools/test tests/judged tests/grade tests/more
	@tests/mutants/run --first

test-long: ## developer: what repeats, a night     make test-long ROUNDS=20
	@tools/setup labs grade tests
	@$(MAKE) --no-print-directory test-tools
	@tests/long/all

mutants: ## developer: mistakes in the tools, and which test sees them
	@tools/setup labs grade tests
	@$(MAKE) --no-print-directory test-tools
	@tests/mutants/run

# All that tests run, built side by side; but the tools first, since both would make them.
test-tools:
	@$(MAKE) --no-print-directory --silent -j"$$(nproc)" grade-tools
	@$(MAKE) --no-print-directory --silent -j"$$(nproc)" test-programs

lint: ## developer: the layout and the usual mistakes of all code
	@tools/setup labs grade tests lint
	@tools/lint

bench: grade-tools ## developer: speed, as ratios within one run
	@tools/setup labs grade bench
	@tests/bench/grade
	@tests/bench/swarm
	@tests/bench/interleave
	@tests/bench/interleave_set 3
	@tests/bench/load

soak: grade-tools ## developer: the last lab's server for minutes  make soak MINUTES=2
	@tests/bench/soak $(MINUTES)
else
handout grade test test-more test-long mutants lint bench soak:
	@echo "make $@: that is not part of a handout" >&2; exit 2
endif

# ---- the programs ----

# A handout has only what its labs need.
bin := build/bin/guard build/bin/report build/bin/valgrind_findings build/bin/declared \
	$(if $(wildcard tools/grade/grade),build/bin/grade) $(if $(wildcard tools/swarm/main.c),build/bin/swarm) \
	$(if $(wildcard tools/interleave/main.c),build/bin/interleave)
common := $(wildcard labs/common/*.c labs/common/finished/*.c)
swarm := $(wildcard tools/swarm/*.c) $(wildcard labs/common/line.c)
interleave := $(wildcard tools/interleave/*.c)
# swarm without what talks to a server: the judge of histories.
judge := $(addprefix tools/swarm/, $(addsuffix .c, allocate bounds choosing event_story events following hearing \
	history history_file house judge linearize listening listening_file luck names narrow placing random \
	resume resumed seat_search spans states story telling tenures timeline waiting ways))
runtime := $(wildcard tools/interleave/runtime/*.c) $(addprefix tools/interleave/, conflict.c watched.c)

# The given code of the labs and the parts that the checks link in, built once.
given := $(foreach variant,plain tsan asan,$(common:labs/common/%.c=build/given/$(variant)/%.o)) \
	$(foreach variant,plain tsan asan,build/given/$(variant)/faults.o) \
	build/given/tsan/tsan_findings.o build/given/asan/asan_findings.o build/given/tsan/names \
	$(if $(wildcard tools/interleave/main.c),$(common:labs/common/%.c=build/given/interleave/%.o))

# Servers with mistakes in them, as students get them: their schedules are followed
# on them.
mistaken := $(if $(wildcard tools/interleave/main.c),$(patsubst labs/common/%/seats.c,build/given/%, \
	$(filter-out labs/common/finished/%,$(wildcard labs/common/*/seats.c))))

canaries := $(foreach program,racy clean,$(addprefix build/canary/$(program)., plain tsan \
	$(if $(wildcard tools/interleave/main.c),interleave))) build/canary/clean.asan build/canary/freed.asan

tools: ## developer: build the programs that the commands use
	@tools/setup labs
	@$(MAKE) --no-print-directory --silent $(bin) $(given) $(mistaken) $(canaries)

build/bin/swarm: $(swarm:%.c=build/obj/%.o)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $^ -o $@ -ljansson

# The player is in the program.
build/obj/tools/interleave/page.o: $(wildcard tools/player/*)

# What `interleave cc` needs: the runtime as one object, in which only what the
# program under test may see is global, and the names that are to be renamed.
build/bin/interleave: $(interleave:%.c=build/obj/%.o) $(judge:%.c=build/obj/%.o) build/interleave/runtime.o
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(filter-out %/runtime.o,$^) -o $@ -ljansson -ldw -lelf

build/interleave/runtime.o: $(runtime:%.c=build/obj/%.o)
	@mkdir -p $(@D)
	$(LD) -r $(filter %.o,$^) -o $@
	nm --defined-only $@ | awk '$$3 ~ /^interleave_/ { name = $$3; sub(/^interleave_/, "", name); \
	    print name, $$3 } END { print "main interleave_main" }' >build/interleave/names
	nm --defined-only $@ | awk '$$3 ~ /^(main$$|interleave_|__tsan_)/ { print $$3 }' >build/interleave/keep
	objcopy --keep-global-symbols=build/interleave/keep --rename-section .bss=interleave_bss \
	    --rename-section .data=interleave_data --rename-section .text=interleave_text $@

# Tool and program know by this whether they were built with the same runtime.
runtime_texts := $(runtime) $(wildcard tools/interleave/runtime/*.h) tools/interleave/shared.h
build/obj/tools/interleave/program.o build/obj/tools/interleave/runtime/server.o: $(runtime_texts)
build/obj/tools/interleave/program.o build/obj/tools/interleave/runtime/server.o: \
	private ALL_CFLAGS += -DINTERLEAVE_VERSION=$(shell cat $(runtime_texts) /dev/null | cksum | cut -d ' ' -f 1)

build/bin/guard: build/obj/tools/check/guard.o build/obj/tools/check/descendants.o
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $^ -o $@

# Not built, but found where all the commands are.
build/bin/report:
	@mkdir -p $(@D)
	ln -sf ../../tools/report/report $@

build/bin/valgrind_findings: build/obj/tools/report/valgrind_findings.o
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $^ -o $@ -lexpat -ljansson

build/bin/declared: build/obj/tools/report/declared.o
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $^ -o $@ -ldw -ljansson

build/bin/grade:
	@mkdir -p $(@D)
	ln -sf ../../tools/grade/grade $@

# Only who grades needs libseccomp.
build/grade/filter.bpf: build/obj/tools/grade/filter.o
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $^ -o build/grade/filter -lseccomp
	build/grade/filter >$@

# The yardstick of make bench, compiled as the labs are. It has one thread, as the
# common seats.c wants it.
build/bench/epoll: tests/bench/epoll.c $(addprefix build/given/plain/, line.o session.o seats.o log.o net.o options.o)
	@mkdir -p $(@D)
	$(CC) $(lab_cflags) $^ -o $@

build/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -I labs/common -c $< -o $@

# So that it is seen from where the program has called it: frames.c.
$(runtime:%.c=build/obj/%.o): private ALL_CFLAGS += -fno-omit-frame-pointer

# As tools/build compiles the students' files.
lab_cflags := -std=c11 -D_GNU_SOURCE -I labs/common -U_FORTIFY_SOURCE -g -O1 -fno-inline -pthread -MMD -MP

build/given/plain/%.o: labs/common/%.c
	@mkdir -p $(@D)
	$(CC) $(lab_cflags) -c $< -o $@

build/given/tsan/%.o: labs/common/%.c
	@mkdir -p $(@D)
	$(CC) $(lab_cflags) -fsanitize=thread -c $< -o $@

build/given/interleave/%.o: labs/common/%.c build/bin/interleave
	@mkdir -p $(@D)
	CC="$(CC)" build/bin/interleave cc -c -w $(filter-out -M%,$(lab_cflags)) -o $@ $<

build/given/asan/%.o: labs/common/%.c
	@mkdir -p $(@D)
	$(CC) $(lab_cflags) -fsanitize=address -c $< -o $@

build/given/plain/faults.o build/given/tsan/faults.o build/given/asan/faults.o: tools/check/faults.c
	@mkdir -p $(@D)
	$(CC) $(lab_cflags) -c $< -o $@

# What writes down the reports of a detector: linked into a program that it watches.
build/given/tsan/tsan_findings.o: build/obj/given/tsan_findings.o
build/given/asan/asan_findings.o: build/obj/given/asan_findings.o
build/given/tsan/tsan_findings.o build/given/asan/asan_findings.o: build/obj/given/json_line.o
	@mkdir -p $(@D)
	$(LD) -r $(filter %.o,$^) -o $@

# Not to be taken for a part of that program: without debug information.
build/obj/given/%.o: tools/report/%.c
	@mkdir -p $(@D)
	$(CC) $(lab_cflags) -g0 -c $< -o $@

# What ThreadSanitizer puts in the place of the system's functions.
build/given/tsan/names:
	@mkdir -p $(@D)
	nm -D --defined-only "$$(gcc -print-file-name=libtsan.so)" | awk '{ print $$3 }' >$@

$(mistaken): build/given/%: labs/common/%/seats.c build/bin/interleave \
		$(addprefix build/given/interleave/, line.o log.o options.o session.o net.o serve.o threads.o)
	@mkdir -p $(@D)
	CC="$(CC)" build/bin/interleave cc -w $(filter-out -M%,$(lab_cflags)) \
	    $(filter %.c %.o,$^) -o $@

build/canary/%.interleave: tools/doctor.d/%.c build/bin/interleave
	@mkdir -p $(@D)
	build/bin/interleave cc $< -o $@

# The demos: build/demos/01-lost-update/racy.O0.tsan. As many warnings as a
# student would get.
demo_cflags := -std=c11 -D_GNU_SOURCE -U_FORTIFY_SOURCE -g -pthread -Wall

define demo_rules
build/demos/%.$(1).plain: slides/demos/%.c
	@mkdir -p $$(@D)
	$$(CC) $$(demo_cflags) -$(1) $$< -o $$@

build/demos/%.$(1).tsan: slides/demos/%.c build/given/tsan/tsan_findings.o
	@mkdir -p $$(@D)
	$$(CC) $$(demo_cflags) -$(1) -fsanitize=thread $$^ -o $$@

build/demos/%.$(1).interleave: slides/demos/%.c build/bin/interleave
	@mkdir -p $$(@D)
	build/bin/interleave cc $$(demo_cflags) -$(1) $$< -o $$@
endef
$(foreach level,O0 O2,$(eval $(call demo_rules,$(level))))

build/canary/%.plain: tools/doctor.d/%.c
	@mkdir -p $(@D)
	$(CC) $(lab_cflags) $< -o $@

build/canary/%.tsan: tools/doctor.d/%.c
	@mkdir -p $(@D)
	$(CC) $(lab_cflags) -fsanitize=thread $< -o $@

build/canary/%.asan: tools/doctor.d/%.c
	@mkdir -p $(@D)
	$(CC) $(lab_cflags) -w -fsanitize=address $< -o $@

ifneq ($(wildcard tests/build.mk),)
include tests/build.mk
endif

-include $(shell find build -name '*.d' 2>/dev/null)
