# What the pages share. All that comes from a submission goes through @html.

def text: tostring | @html;

# The page may run our script and nothing else, and load nothing: so even text
# that was not escaped could do no harm (Content Security Policy, level 3).
def page($title; $style; $script; $digest; body):
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">",
    "<meta name=\"viewport\" content=\"width=device-width\">",
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-\($digest)'\">",
    "<title>\($title | text)</title><style>\($style)</style></head><body>",
    body,
    "<script>\($script)</script></body></html>";

def mark:
    if .status == "passed" then "<span class=\"passed\">\(.got)</span>"
    elif .status == "failed" then "<span class=\"failed\">\(.got)</span>"
    else "<span class=\"dim\">\(.status | text)</span>" end;
