# The help of the Makefile: its lines "name: ## group: text", by group. What stands
# behind "ifneq ($(wildcard folder),)" needs that folder: a handout has no
# solutions, tests and slides.

BEGIN {
    order = "student instructor lecturer everybody developer"
    title["student"] = "You are a student"
    title["instructor"] = "You are an instructor"
    title["lecturer"] = "You are a lecturer"
    title["everybody"] = "Whoever you are"
    title["developer"] = "You work on the kit itself"
    print "Box Office: sockets, threads and the races between threads."
}

/^ifneq \(\$\(wildcard [a-z]+\),\)/ {
    folder = $3
    sub(/\),\)/, "", folder)
    missing = system("test -d " folder)
}
/^(endif|else)/ { missing = 0 }

/^[a-z-]+:.*## [a-z]+: / && !missing {
    name = $1
    sub(/:.*/, "", name)
    text = $0
    sub(/.*## /, "", text)
    group = text
    sub(/:.*/, "", group)
    sub(/^[a-z]+: /, "", text)
    lines[group] = lines[group] sprintf("  make %-10s %s\n", name, text)
}

END {
    count = split(order, groups, " ")
    for (i = 1; i <= count; i++)
        if (lines[groups[i]] != "")
            printf "\n%s\n%s", title[groups[i]], lines[groups[i]]
    print "\nLAB is a number or a name: LAB=06 or LAB=06-mutex."
}
