# A class of lab 02 that has been graded: what the tests of grading look at.

# Three submissions, graded once: the solution, one that builds and fails, one that
# hands in nothing.
setup_file() {
    local class=$BATS_FILE_TMPDIR/class
    mkdir -p "$class/alice" "$class/bob's & <b>" "$class/carol"
    cp solutions/02-server/server.c "$class/alice"
    cat >"$class/bob's & <b>/server.c" <<'END'
#include <stdio.h>
int main(void) { fputs("<script>\033[1m", stderr); return 1; }
END
    build/bin/grade --lab 02 --out "$BATS_FILE_TMPDIR/out" "$class" >"$BATS_FILE_TMPDIR/said" 2>&1 3>&-
}

prepare() {
    out=$BATS_FILE_TMPDIR/out class=$BATS_FILE_TMPDIR/class
    alice=$out/alice/result.json bob="$out/bob%27s%20%26%20%3Cb%3E/result.json"
}

is_valid() { # <file> <schema>
    PYTHONWARNINGS=ignore /usr/bin/jsonschema -i "$1" "$2"
}
