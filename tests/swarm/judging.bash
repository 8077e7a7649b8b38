# Judging histories that stand in a test: load swarm/judging

# Judges the history on standard input.
judge() {
    cat >"$scratch/history"
    run build/bin/swarm --judge "$scratch/history"
}

# The history on standard input is right.
assert_right() {
    judge
    assert_success
    assert_output 'history   linearizable: one order explains every reply'
}

# The history on standard input is wrong, and this is said of it, but for the
# breaks of the lines.
assert_violated() { # [<story>]
    local story
    judge
    assert_failure 1
    story=$(sed -n '2,$p' <<<"$output" | tr -s ' \n' ' ' | sed 's/^ //; s/ $//')
    [[ $# == 0 || $story == "$1" ]] || {
        echo "expected: $1"
        echo "actual:   $story"
        return 1
    }
}
