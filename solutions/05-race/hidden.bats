#!/usr/bin/env bats
# The hidden checks of lab 05.
load ../../tools/check/lib
source "$CHECK_KIT/tools/check/lib/findings.bash"

# A section of findings.md, against Helgrind.
helgrind_confirms() { # <title> <first anchor> <second anchor>
    local section
    section=$(read_section "$1")
    section_is_complete "$1" "$section"
    findings_of_helgrind
    race_was_found "$1" "$section" "$(cat "$record/findings")" "$2" "$3"
}

# bats test_tags=points:10,task:1
@test "findings.md: Helgrind, too, sees the sale that is not counted" {
    helgrind_confirms 'The sale that is not counted' count count
}

# bats test_tags=points:10,task:1
@test "findings.md: Helgrind, too, sees the seat that is sold twice" {
    helgrind_confirms 'The seat that is sold twice' check act
}
