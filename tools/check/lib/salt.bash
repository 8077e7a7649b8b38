# Who comes, and which seats they want. For students that is always the same. Who
# grades has others (CHECK_SALT, a number): so nothing is gained by code that
# knows the visible checks by heart. For the same submission they are the same.

readonly salt=${CHECK_SALT:-0}

# Names of seven letters: see meet_in_pairs.
readonly guests=(abigail bernard charles deborah eleanor florian gabriel harriet
    isadora jasmine kathryn leonard matilda natalie orlando pauline quentin ricardo)

# The two guests of a check that needs no more, and their first seat, from 1 to 5.
readonly one=${guests[salt % 9]} other=${guests[9 + salt / 9 % 9]} seat=$((1 + salt / 81 % 5))
