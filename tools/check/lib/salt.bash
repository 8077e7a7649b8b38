# Who comes, and which seats they want. For students that is always the same. Who
# grades has others (CHECK_SALT, a number): names that stand in no list, so nothing
# is gained by code that knows the visible checks by heart. For the same
# submission they are the same.

readonly salt=${CHECK_SALT:-0}

# Prints a name of seven letters (why seven: see meet_in_pairs).
name_from() { # <number>
    local digits
    digits=$(echo "$salt $1" | sha256sum | cut -c 1-7)
    tr '0-9a-f' 'abdefghiklmnorst' <<<"$digits"
}

# The two guests of a check that needs no more, and their first seat, from 1 to 5.
if ((salt == 0)); then
    readonly one=abigail other=bernard seat=1
else
    one=$(name_from 1) other=$(name_from 2) seat=$((1 + salt % 5))
    readonly one other seat
fi
