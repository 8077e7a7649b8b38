# Chromium without a window, driven through WebDriver (https://www.w3.org/TR/webdriver2).
#
#   open_browser; open_page FILE; type_keys abc; evaluate 'return document.title'; close_browser

# All that the browser writes goes to the test's own folder; in setup_file, where it is
# opened for all tests of a file, to the file's.
open_browser() {
    local line='' said options scratch=${scratch:-$BATS_FILE_TMPDIR}
    export driver address browser
    exec {said}< <(TMPDIR=$scratch exec build/bin/guard -- chromedriver --port=0 2>&1 3>&-)
    driver=$!
    while [[ $line != *'successfully on port '[0-9]* ]]; do
        IFS= read -r -t 30 -u "$said" line || return
    done
    address=http://localhost:$(grep -oE 'on port [0-9]+' <<<"$line" | grep -oE '[0-9]+')
    cat <&"$said" >/dev/null 3>&- &
    options=$(jq -n --arg profile "$scratch/profile" '{capabilities: {alwaysMatch: {
        "goog:loggingPrefs": {browser: "ALL"},
        "goog:chromeOptions": {args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--window-size=1300,900", "--user-data-dir=\($profile)"]}}}}')
    browser=$(curl -s -d "$options" "$address/session" | jq -r .value.sessionId)
    [[ $browser != null ]]
}

close_browser() {
    [[ -z ${browser:-} ]] || curl -s -X DELETE "$address/session/$browser" >/dev/null || true
    [[ -z ${driver:-} ]] || kill "$driver" 2>/dev/null || true
    [[ -z ${driver:-} ]] || wait "$driver" 2>/dev/null || true
}

# One command of the protocol: what the browser replies, as JSON.
webdriver() { # <command> <JSON>
    curl -s --data-binary @- "$address/session/$browser/$1" <<<"$2"
}

# A text as JSON. (A jq for each would take longer than what the browser does.)
quoted() { # <text>
    local text=${1//\\/\\\\}
    text=${text//\"/\\\"}
    text=${text//$'\n'/\\n}
    printf '"%s"' "$text"
}

open_page() { # <file>
    webdriver url "{\"url\": $(quoted "file://$1")}" >/dev/null
}

# Runs JavaScript in the page.
execute() { # <script>
    webdriver execute/sync "{\"script\": $(quoted "$1"), \"args\": []}"
}

# The same, and what it returns, as text.
evaluate() { # <script>
    execute "$1" | jq -r .value
}

# The same with a file in front of it.
evaluate_with() { # <file> <script>
    jq -n --rawfile file "$1" --arg script "$2" '{script: ($file + "\n" + $script), args: []}' |
        curl -s --data-binary @- "$address/session/$browser/execute/async" | jq -c .value
}

# Presses keys, one after the other; special ones by their numbers in the protocol.
type_keys() { # <keys>
    local LC_ALL=C.UTF-8 IFS=, keys=$1 key actions=()
    while [[ -n $keys ]]; do
        key=${keys:0:1} keys=${keys:1}
        actions+=("{\"type\": \"keyDown\", \"value\": \"$key\"}" "{\"type\": \"keyUp\", \"value\": \"$key\"}")
    done
    webdriver actions "{\"actions\": [{\"type\": \"key\", \"id\": \"keyboard\", \"actions\": [${actions[*]}]}]}" >/dev/null
}

click() { # <id of an element>
    execute "document.getElementById('$1').click()" >/dev/null
}

# What the page has complained of on the console.
console() {
    webdriver se/log '{"type": "browser"}' | jq -r '.value[].message'
}

readonly home=$'\ue011' end=$'\ue010' left=$'\ue012' right=$'\ue014'
readonly enter=$'\ue006' page_up=$'\ue00e' page_down=$'\ue00f' escape=$'\ue00c'
