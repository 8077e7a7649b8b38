// log: the box office's journal, one line an event, on standard error.
#ifndef LOG_H
#define LOG_H

// Writes "server: " and the formatted text, cut at 200 bytes, and a line end.
// The line goes out in one write(2), so lines of two threads never mix. Takes
// no lock. It may block, as every output may: hold no lock while you call it.
// A log that cannot be written is not the client's trouble: errors are ignored
// (and SIGPIPE, if the process ignores it: net_listen does that).
void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
