# The table of tools/matrix: a row for each program, a column for each detector.

def cell:
    if .by == "plain" then "\(.found) of \(.runs) wrong" + (if .hung > 0 then " (\(.hung) hang)" else "" end)
    elif .by == "interleave" then
        if .found > 0 then "\(.verdict): \(.kind), in schedule \(.first)"
        elif .exhaustive then "silent: proved"
        else "silent: \(.schedules) schedules" end
    elif .found == 0 then "silent" + (if .hung > 0 then " (\(.hung) hang)" else "" end)
    elif .found == .runs then .verdict
    else "\(.verdict), \(.found) of \(.runs)" end;

def of($by): map(select(.by == $by))[0] | if . == null then "" else cell end;

([.cells[] | select(.by == "tsan") | .runs][0]) as $runs
| "# What each detector says of each demo\n",
  "Written by `make matrix`. Each detector had \($runs) runs; \"found\" means in all of",
  "them. interleave searches once: it decides who goes on, so every search is the same.",
  "A detector that speaks of a fixed program raises a false alarm: the demo's README",
  "says why.\n",
  "| demo | program | alone | ThreadSanitizer | Helgrind | DRD | interleave |",
  "|---|---|---|---|---|---|---|",
  (.cells | group_by([.demo, .level, .version == "fixed"])[]
    | "| \(.[0].demo) | \(.[0].version) -\(.[0].level) | \(of("plain")) | \(of("tsan")) | \(of("helgrind")) | \(of("drd")) | \(of("interleave")) |")
