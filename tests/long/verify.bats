#!/usr/bin/env bats
# grade --verify, and a submission that leaves it to chance.
load ../lib/kit

@test "every difference between 20 times is reported, exit status 1" {
    mkdir "$scratch/chance"
    sed 's/^int main.*/#include <sys\/random.h>\n&/' solutions/02-server/server.c |
        awk '{ print } /^int main/ { inside = 1 }
             inside && /^{/ { print "    unsigned char coin; if (getrandom(&coin, 1, 0) == 1 && coin % 2) return 1;"; inside = 0 }' \
            >"$scratch/chance/server.c"
    run build/bin/grade --lab 02 --verify "$scratch/chance"
    assert_failure 1
    assert_line --regexp '^time-01 \(<\) and time-[0-9]+ \(>\):$'
    assert_line --regexp '^[<>] 0/15 failed: '
}

@test "a submission that is right gets the same marks 20 times" {
    run build/bin/grade --lab 02 --verify solutions/02-server
    assert_success
    assert_line '20 times the same marks'
    assert_line '100 of 100 points'
}

@test "without a sandbox, too, a submission that is right gets all points" {
    run build/bin/grade --lab 02 --unsafe-no-sandbox --one solutions/02-server
    assert_success
    assert_line '100 of 100 points'
}
