# Who comes, and which seats they want. For students that is always the same. Who
# grades has others (CHECK_SALT, a number): names that stand in no list, so nothing
# is gained by code that knows the visible checks by heart. For the same
# submission they are the same.

readonly salt=${CHECK_SALT:-0}

# Draws a name of seven letters (why seven: see meet_in_pairs). Different numbers
# draw different names.
draw_name() { # <variable> <number>
    local letters=abdefghiklmnorst drawn=$((salt * 40503 + $2 * 2654435769)) name='' i
    for i in {0..6}; do
        name+=${letters:drawn>>(4 * i)&15:1}
    done
    printf -v "$1" '%s' "$name"
}

# The two guests of a check that needs no more, and their first seat, from 1 to 5.
if ((salt == 0)); then
    readonly one=abigail other=bernard seat=1
else
    draw_name one 1
    draw_name other 2
    seat=$((1 + salt % 5))
    readonly one other seat
fi
