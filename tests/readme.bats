#!/usr/bin/env bats
# What the texts promise.
load lib/kit

@test "every link in every text leads somewhere" {
    local file place link broken=0
    while IFS= read -r file; do
        place=./$file place=${place%/*}
        while IFS= read -r link; do
            [[ -e $place/${link%%#*} ]] || { echo "$file: $link" && broken=1; }
        done < <(grep -oE '\]\([^)h#][^)]*\)' "$file" | sed 's/^](\(.*\))$/\1/')
    done < <(git ls-files '*.md')
    ((broken == 0))
}

@test "the README names every package with its purpose" {
    local package
    while read -r package; do
        grep -qE "^\|.*\b${package//+/\\+}\b.*\|" README.md || { echo "$package" && return 1; }
    done < <(awk '!/^#/ && NF { sub(/@.*/, "", $2); print $2 }' tools/packages.txt | sort -u)
}

@test "every make command in a text is one that there is" {
    local file target missing=0
    while IFS= read -r file; do
        while IFS= read -r target; do
            grep -q "^$target:" Makefile || { echo "$file: make $target" && missing=1; }
        done < <(grep -oE '(^ +|`)make [a-z0-9-]+' "$file" | awk '{ print $2 }' | sort -u)
    done < <(git ls-files '*.md')
    ((missing == 0))
}

@test "every file below labs, tools or build that a handout tells to run or read is there" {
    local file path missing=0
    while IFS= read -r file; do
        while IFS= read -r path; do
            [[ -e $path ]] || { echo "$file: $path" && missing=1; }
        done < <(grep -oE '\b(labs|tools)/[A-Za-z0-9_./-]*[A-Za-z0-9]' "$file" | sort -u)
    done < <(git ls-files 'labs/*.md' README.md)
    ((missing == 0))
}

@test "no text is wider than 80 columns, tables and addresses apart" {
    local files
    # In the lectures a line is a line of the slide.
    mapfile -t files < <(git ls-files '*.md' ':!slides/[0-9]*')
    run bash -c 'grep -nE "^[^|].{80}" "$@" | grep -v "https\?://"' _ "${files[@]}"
    assert_failure
}
