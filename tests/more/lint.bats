#!/usr/bin/env bats
# What make lint complains of: each kind of file by itself.
load ../lib/kit

# A repository with the lint in it, and a file of each kind in which there is nothing
# wrong.
prepare() {
    mkdir "$scratch/tools"
    cp .clang-format .clang-tidy .shellcheckrc .editorconfig "$scratch"
    cp tools/lint tools/lib.bash "$scratch/tools"
    git -C "$scratch" init --quiet
    printf '#!/usr/bin/env bash\necho "$1"\n' >"$scratch/tools/script"
    printf '#!/usr/bin/env bats\n\n@test "a test" {\n    true\n}\n' >"$scratch/tools/checks.bats"
    printf 'int main(void)\n{\n    return 0;\n}\n' >"$scratch/right.c"
}

lint() {
    run "$scratch/tools/lint"
}

fails() { # <who complains>
    lint
    assert_failure 1
    assert_line --regexp "^$1 +FAILED"
}

@test "where nothing is wrong all say so" {
    lint
    assert_success
    refute_output --partial FAILED
}

@test "a script with a mistake" {
    printf '#!/usr/bin/env bash\nrm -r $1/*\n' >"$scratch/tools/script"
    fails shellcheck
}

@test "a test with a mistake" {
    printf '#!/usr/bin/env bats\n\n@test "a test" {\n    rm -r $1/*\n}\n' >"$scratch/tools/checks.bats"
    fails shellcheck
}

@test "a script with another layout" {
    printf '#!/usr/bin/env bash\nif true; then\n  echo "$1"\nfi\n' >"$scratch/tools/script"
    fails shfmt
}

@test "C with another layout" {
    printf 'int main(void) { return 0; }\n' >"$scratch/right.c"
    fails clang-format
}

@test "C of which the compilers warn" {
    printf 'int main(void)\n{\n    int unused;\n    return 0;\n}\n' >"$scratch/right.c"
    fails gcc
    assert_line --regexp '^clang +FAILED'
}

@test "C with a mistake that is none of the compilers'" {
    printf '#include <stdlib.h>\nint main(void)\n{\n    return malloc(1) == NULL;\n}\n' >"$scratch/right.c"
    fails clang-tidy
}
