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
