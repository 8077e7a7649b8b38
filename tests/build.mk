# The programs of the kit's own tests, built once: included by the Makefile.

# ---- tests in C: tests/FOLDER/NAME.c is build/tests/FOLDER/NAME ----

# A test is linked with what it names of these, and with nothing else.
build/lib/swarm.a: $(patsubst %.c,build/obj/%.o,$(filter-out %/main.c,$(swarm)))
build/lib/interleave.a: $(patsubst %.c,build/obj/%.o,$(filter-out %/main.c,$(interleave)))
build/lib/runtime.a: $(runtime:%.c=build/obj/%.o)
build/lib/%.a:
	@mkdir -p $(@D)
	rm -f $@
	$(AR) rcs $@ $(filter %.o,$^)

build/tests/%.o: tests/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -I tools -I labs/common -c $< -o $@

unit_tests := $(patsubst tests/%.c,build/tests/%,$(wildcard tests/unit/*.c))
oracles := build/tests/oracle/search build/tests/oracle/races

$(oracles): build/tests/oracle/random_program.o build/tests/oracle/runs.o
build/tests/unit/json_strings: build/obj/tools/report/json_line.o
$(unit_tests) $(oracles): %: %.o build/lib/interleave.a build/lib/swarm.a build/lib/runtime.a
	$(CC) $(ALL_CFLAGS) $(filter %.o,$^) $(filter %.a,$^) -o $@ -lcmocka -ljansson -ldw -lelf

# ---- programs that tests run under interleave ----

build/tests/oracle/operations: tests/oracle/operations.c tests/oracle/report.h build/bin/interleave
	@mkdir -p $(@D)
	build/bin/interleave cc -D_GNU_SOURCE -Wall -Wextra -o $@ $<

test_programs := $(unit_tests) $(oracles) build/tests/oracle/operations

.PHONY: test-programs
test-programs: $(test_programs)

# ---- a student's copy of the kit: see tests/lib/handout.bash ----

build/tests/handout.tar: tests/lib/handout.bash $(shell find Makefile LICENSE labs tools -type f ! -name '.*')
	@mkdir -p $(@D)
	bash -e -c '. tests/lib/handout.bash && pack_handout $@'

# ---- programs that tests of the kit's commands run ----

build/tests/check/takes: tests/check/takes.c
	@mkdir -p $(@D)
	$(CC) $(filter-out -M%,$(ALL_CFLAGS)) $< -o $@

# As tools/build compiles the students' files.
build/tests/report/explained.tsan: tests/report/explained.c build/given/tsan/tsan_findings.o
	@mkdir -p $(@D)
	$(CC) $(filter-out -M%,$(lab_cflags)) -fsanitize=thread $(filter %.c %.o,$^) -o $@

build/tests/report/explained.plain: tests/report/explained.c
	@mkdir -p $(@D)
	$(CC) $(filter-out -M%,$(lab_cflags)) $< -o $@

test_programs += build/tests/report/explained.tsan build/tests/report/explained.plain
test_programs += build/tests/handout.tar build/tests/check/takes build/bench/epoll
test-programs: $(test_programs)

# ---- tests/interleave: programs that interleave runs, each built once ----
#
# NAME.c is build/tests/interleave/NAME, and by gcc NAME.gcc; of the set each NAME.c is
# set/wrong/NAME and, with -DFIXED, set/right/NAME.

interleaved := $(patsubst tests/%.c,build/tests/%,$(wildcard $(addprefix tests/interleave/, \
	*.c findings/*.c io/*.c primitives/*.c rude/*.c)))
interleaved_by_gcc := $(addprefix build/tests/interleave/, $(addsuffix .gcc, each_primitive \
	lost_update names primitives/errors primitives/lifetimes primitives/loops primitives/memory primitives/right primitives/wrong))
# These use what interleave does not control. What cc says of that is kept for the tests, in
# NAME.said.
uncontrolled := $(addprefix build/tests/interleave/, primitives/uncontrolled rude/rude rude/unseen)
cx16 := $(addprefix build/tests/interleave/primitives/right., cx16 cx16.gcc)
set_names := $(patsubst tests/interleave/set/%.c,%,$(wildcard tests/interleave/set/*.c tests/interleave/set/deep/*.c))
set_wrong := $(set_names:%=build/tests/interleave/set/wrong/%)
set_right := $(set_names:%=build/tests/interleave/set/right/%)
lab_servers := $(addprefix build/tests/interleave/io/, 02-server 03-iterative 04-threads 06-mutex)
demo_programs := $(patsubst slides/%.c,build/%.O0.interleave,$(wildcard slides/demos/*/racy.c slides/demos/*/fixed.c))
another_interleave := build/tests/interleave/another_interleave

# What they are made of: a change to other parts of interleave does not build them again.
interleave_cc := build/interleave/runtime.o $(addprefix build/obj/tools/interleave/, cc.o uncontrolled.o) \
	| build/bin/interleave

$(filter-out $(uncontrolled),$(interleaved)): build/tests/%: tests/%.c $(interleave_cc)
	@mkdir -p $(@D)
	build/bin/interleave cc -D_GNU_SOURCE -Wno-atomic-alignment -o $@ $<

$(uncontrolled): build/tests/%: tests/%.c $(interleave_cc)
	@mkdir -p $(@D)
	build/bin/interleave cc -D_GNU_SOURCE -o $@ $< 2>$@.said || { cat $@.said >&2; exit 2; }

$(interleaved_by_gcc): build/tests/%.gcc: tests/%.c $(interleave_cc)
	@mkdir -p $(@D)
	CC=gcc build/bin/interleave cc -D_GNU_SOURCE -o $@ $<

$(cx16): tests/interleave/primitives/right.c $(interleave_cc)
	@mkdir -p $(@D)
	CC=$(if $(filter %.gcc,$@),gcc,clang) build/bin/interleave cc -mcx16 -D_GNU_SOURCE -Wno-atomic-alignment \
	    -o $@ $<

$(addprefix build/tests/interleave/primitives/, $(foreach program,errors lifetimes loops, \
	$(program) $(program).gcc)): tests/interleave/primitives/ways.h
$(set_wrong) $(set_right): $(wildcard tests/interleave/set/*.h)
$(set_wrong): build/tests/interleave/set/wrong/%: tests/interleave/set/%.c $(interleave_cc)
	@mkdir -p $(@D)
	build/bin/interleave cc -D_GNU_SOURCE -o $@ $<
$(set_right): build/tests/interleave/set/right/%: tests/interleave/set/%.c $(interleave_cc)
	@mkdir -p $(@D)
	build/bin/interleave cc -D_GNU_SOURCE -DFIXED -o $@ $<

# Solved servers with the files that the lab gives, as the lab's check builds them.
build/tests/interleave/io/02-server: solutions/02-server/server.c
build/tests/interleave/io/03-iterative: solutions/03-iterative/server.c
build/tests/interleave/io/04-threads: solutions/04-threads/server.c
build/tests/interleave/io/06-mutex: solutions/06-mutex/seats.c
$(lab_servers): build/tests/interleave/io/%: labs/%/lab.json $(common) $(wildcard labs/common/*.h) $(interleave_cc)
	@mkdir -p $(@D)
	build/bin/interleave cc -D_GNU_SOURCE -I labs/common -o $@ $(filter solutions/%.c,$^) \
	    $$(jq -r '.given[] | select(endswith(".c")) | "labs/common/" + .' $<)

# It has another version than the programs.
$(another_interleave).o: tools/interleave/program.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -DINTERLEAVE_VERSION=7 -c $< -o $@
$(another_interleave): $(another_interleave).o build/obj/tools/interleave/main.o build/lib/interleave.a build/lib/swarm.a
	$(CC) $(ALL_CFLAGS) $^ -o $@ -ljansson -ldw -lelf

test-programs: $(interleaved) $(interleaved_by_gcc) $(cx16) $(set_wrong) $(set_right) $(lab_servers) $(demo_programs) \
	$(another_interleave)

# ---- servers for tests of swarm ----

box_office := $(addprefix build/given/plain/, session.o line.o)
build/tests/swarm/box_office: solutions/06-mutex/seats.c $(box_office) \
		$(addprefix build/given/plain/, log.o options.o net.o serve.o threads.o)
	@mkdir -p $(@D)
	$(CC) $(lab_cflags) $^ -o $@

build/tests/swarm/watching: tests/swarm/watching.c $(box_office) build/given/plain/finished/seats.o
	@mkdir -p $(@D)
	$(CC) $(lab_cflags) -O2 $^ -o $@

test-programs: build/tests/swarm/box_office build/tests/swarm/watching

# ---- the demos, as their tests show them ----

shown_demos := $(foreach demo,$(wildcard slides/demos/*/racy.c),$(foreach build,plain tsan interleave, \
	$(addprefix build/$(demo:slides/%/racy.c=%)/,racy.O0.$(build) fixed.O0.$(build))))

.PHONY: shown-demos
shown-demos: $(shown_demos)

test-programs: shown-demos
