#!/usr/bin/env bats
# Grading on several machines: two network namespaces, each with an ssh server of
# its own. All of it is in a namespace of the test, and gone with it.
# takes 150 s
load ../lib/kit

prepare() {
    ((EUID == 0)) || skip "only root may make network namespaces"
    unshare --net --mount true 2>/dev/null || skip "network namespaces are not allowed here"
    mkdir -p "$scratch"/{root/.ssh,class,work,tmp1,tmp2}
    chmod 755 "$scratch"
    chmod 1777 "$scratch"/{work,tmp1,tmp2}
    for name in server client; do
        dropbearkey -t ed25519 -f "$scratch/$name.dropbear" >"$scratch/$name.said" 2>&1
    done
    ssh-keygen -q -t ed25519 -N '' -f "$scratch/root/.ssh/id_ed25519"
    cp "$scratch/root/.ssh/id_ed25519.pub" "$scratch/root/.ssh/authorized_keys"
    printf '%s\n' 'Host 10.*' '    StrictHostKeyChecking no' '    UserKnownHostsFile /dev/null' '    LogLevel ERROR' \
        >"$scratch/root/.ssh/config"
    chmod -R go= "$scratch/root"
    # In the test's namespace root's home is a folder of the test's: ssh goes by this.
    sed -E "s#^(root:.*):[^:]*:([^:]*)\$#\1:$scratch/root:\2#" /etc/passwd >"$scratch/passwd"
    local i
    for i in {1..8}; do
        mkdir "$scratch/class/$i"
        cp solutions/02-server/server.c "$scratch/class/$i"
    done
    cp labs/02-server/server.c "$scratch/class/8"
    printf '%s\n' '# the lab machines' 10.99.1.2 10.99.2.2 >"$scratch/hosts"
    cat >"$scratch/network" <<'END'
# Two machines, 10.99.1.2 and 10.99.2.2, reached over a cable each. Each has a /tmp
# of its own, in which the test's folder is to be seen as well.
set -o errexit
mount --bind "$scratch/passwd" /etc/passwd
ip link set lo up
for i in 1 2; do
    # A namespace that is bound to a file is there as soon as unshare has ended.
    touch "$scratch/net$i"
    unshare --net="$scratch/net$i" true
    ip link add cable$i type veth peer name plug netns "$scratch/net$i"
    ip address add 10.99.$i.1/24 dev cable$i
    ip link set cable$i up
    nsenter --net="$scratch/net$i" sh -c "ip link set lo up; ip address add 10.99.$i.2/24 dev plug; ip link set plug up"
    nsenter --net="$scratch/net$i" unshare --mount sh -c '
        mkdir -p "$scratch/tmp$1/${scratch#/tmp/}" &&
            mount --bind "$scratch" "$scratch/tmp$1/${scratch#/tmp/}" && mount --rbind "$scratch/tmp$1" /tmp &&
            exec dropbear -F -E -s -r "$scratch/server.dropbear" -P "$scratch/pid$1"' _ $i 2>"$scratch/dropbear$i" &
    machine[i]=$!
done
export HOME=$scratch/root
for i in 1 2; do
    until ssh 10.99.$i.2 true 2>/dev/null; do kill -0 ${machine[i]}; sleep 0.1; done
done
END
}

# Runs commands in the network. The kit's folder and the rest of the machine are
# as they are.
in_network() { # <command>
    run env scratch="$scratch" TMPDIR="$scratch/work" unshare --net --mount --pid --fork --kill-child --mount-proc \
        bash -c ". '$scratch/network'; $1" 3>&-
}

scores() {
    jq -r '"\(.name) \(.score) \(.status)"' "$scratch"/out/*/result.json
}

readonly all_scores='1 100 graded
2 100 graded
3 100 graded
4 100 graded
5 100 graded
6 100 graded
7 100 graded
8 5 graded'

@test "two hosts share the work; the results come back, and nothing stays there" {
    in_network 'build/bin/grade --lab 02 --jobs 1 --hosts "$scratch/hosts" --out "$scratch/out" "$scratch/class"'
    assert_success
    assert_equal "$(scores)" "$all_scores"
    run awk 'NR > 1 { print $2 }' "$scratch/out/joblog"
    assert_line 10.99.1.2
    assert_line 10.99.2.2
    [[ -s $scratch/out/8/index.html ]]
    run find "$scratch"/tmp[12] -maxdepth 1 -name 'box-office.*'
    assert_output ''
}

@test "two at a time on one host: none takes the folder for results away from the other" {
    echo 10.99.1.2 >"$scratch/hosts"
    rm -r "$scratch"/class/[3-8]
    echo '#error not compiled, so done first' >>"$scratch/class/1/server.c"
    in_network 'build/bin/grade --lab 02 --jobs 2 --hosts "$scratch/hosts" --out "$scratch/out" "$scratch/class"'
    assert_success
    assert_equal "$(scores)" $'1 0 graded\n2 100 graded'
    # Each was sent once: what has to be tried again counts twice there.
    run awk 'NR > 1 { print $5 }' "$scratch/out/joblog"
    assert_equal "${#lines[@]}" 2
    assert_equal "${lines[1]}" "${lines[0]}"
}

@test "one host is cut off halfway: the other one judges what it had" {
    in_network '
        build/bin/grade --lab 02 --jobs 1 --hosts "$scratch/hosts" --out "$scratch/out" "$scratch/class" &
        grading=$!
        until compgen -G "$scratch/tmp2/box-office.*.there/own.*"; do kill -0 $grading; sleep 0.1; done
        ip link set cable2 down
        echo cut off
        wait $grading'
    assert_success
    assert_line 'cut off'
    assert_equal "$(scores)" "$all_scores"
}

@test "a file that names no host: exit status 2" {
    echo '# none' >"$scratch/hosts"
    run build/bin/grade --lab 02 --hosts "$scratch/hosts" --out "$scratch/out" "$scratch/class"
    assert_failure 2
    assert_output --partial 'names no host'
}
