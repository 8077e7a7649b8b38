#include "summary.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { COLUMNS = 78, INDENT = 10 };

static const char *verdict_name(enum verdict verdict)
{
    static const char *const names[] = {
        [LINEARIZABLE] = "linearizable",
        [VIOLATED] = "violated",
        [UNDECIDED] = "undecided",
    };

    return names[verdict];
}

// The state of the server at the end.
static const char *server_state(const struct summary *summary)
{
    if (summary->load == NULL)
        return "not asked";
    if (summary->load->hung)
        return "hung";
    if (summary->options->until_closed)
        return "closed";
    return summary->died ? "died" : "alive";
}

// A latency in milliseconds, of `percent` of the requests the highest.
static double percentile(const struct load *load, int percent)
{
    if (load->requests == 0)
        return 0;
    int index = (int)((int64_t)(load->requests - 1) * percent / 100);
    return (double)load->latency[index] / 1e6;
}

static double throughput(const struct load *load)
{
    return load->seconds > 0 ? load->requests / load->seconds : 0;
}

static json_t *watchers_json(const struct load *load)
{
    return json_pack("{s:i, s:I, s:i, s:i}",             //
                     "visits", load->visits,             //
                     "events", (json_int_t)load->events, //
                     "too_slow", load->dropped,          //
                     "heard_closing", load->watchers_closing);
}

static bool has_watchers(const struct options *options)
{
    return options->watchers + options->stuck > 0;
}

static json_t *load_json(const struct summary *summary)
{
    const struct options *options = summary->options;
    const struct load *load = summary->load;
    json_t *object =
        json_pack("{s:i, s:i, s:f, s:f, s:{s:f, s:f, s:f}, s:i, s:i, s:i}", //
                  "clients", options->clients,                              //
                  "requests", load->requests,                               //
                  "seconds", load->seconds,                                 //
                  "requests_per_second", throughput(load),                  //
                  "latency_ms",                                             //
                  "p50", percentile(load, 50),                              //
                  "p99", percentile(load, 99),                              //
                  "max", percentile(load, 100),                             //
                  "most_connections", load->most_connections,               //
                  "cut_off", load->cut_off,                                 //
                  "turned_away", load->turned_away);

    if (options->cut > 0)
        json_object_set_new(object, "cuts", json_integer(load->cuts));
    if (options->until_closed)
        json_object_set_new(object, "heard_closing",
                            json_integer(load->closing));
    if (has_watchers(options))
        json_object_set_new(object, "watchers", watchers_json(load));
    return object;
}

// A story names clients as a file of histories does, in any bytes.
static json_t *story_json(const char *story)
{
    json_t *string = json_string(story);

    return string != NULL ? string : json_string("?");
}

static json_t *judgement_json(const struct summary *summary)
{
    const struct judgement *judgement = summary->judgement;

    if (judgement == NULL)
        return json_pack("{s:s}", "server", server_state(summary));
    return json_pack("{s:s, s:o, s:s, s:i}",                      //
                     "verdict", verdict_name(judgement->verdict), //
                     "story", story_json(judgement->story),       //
                     "server", server_state(summary),             //
                     "operations", summary->operations);
}

static void print_json(const struct summary *summary)
{
    json_t *object = judgement_json(summary);

    if (summary->load != NULL)
        json_object_set_new(object, "load", load_json(summary));
    json_dumpf(object, stdout, JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(6));
    putchar('\n');
    json_decref(object);
}

// Prints words, broken into lines that are indented.
static void print_wrapped(const char *text)
{
    int column = INDENT;

    printf("%*s", INDENT - 1, "");
    while (*text != '\0') {
        int length = (int)strcspn(text, " ");

        if (column + 1 + length > COLUMNS) {
            printf("\n%*s", INDENT - 1, "");
            column = INDENT - 1;
        }
        putchar(' ');
        column++;
        printf("%.*s", length, text);
        column += length;
        text += length;
        text += strspn(text, " ");
    }
    putchar('\n');
}

static void print_load(const struct summary *summary)
{
    const struct load *load = summary->load;

    printf("load      %d clients, %d requests in %.2f s, %.0f a second\n",
           summary->options->clients, load->requests, load->seconds,
           throughput(load));
    printf("latency   p50 %.2f ms, p99 %.2f ms, max %.2f ms\n",
           percentile(load, 50), percentile(load, 99), percentile(load, 100));
    if (load->cuts > 0)
        printf("cut       %d requests were broken off\n", load->cuts);
    if (load->visits > 0)
        printf("watchers  %d connections heard %ld events, %d were too slow\n",
               load->visits, load->events, load->dropped);
    if (summary->options->until_closed)
        printf("closing   %d clients heard 'ERR closing'\n", load->closing);
    if (load->turned_away > 0)
        printf("refused   %d clients were turned away\n", load->turned_away);
    if (load->cut_off > 0)
        printf("lost      %d connections did not end with QUIT\n",
               load->cut_off);
    if (load->hung)
        printf("server    HUNG: no reply for %d s\n",
               summary->options->timeout);
    else if (summary->died)
        printf("server    DIED: it does not answer any more\n");
}

static void print_text(const struct summary *summary)
{
    static const char *const headings[] = {
        [LINEARIZABLE] = "linearizable: one order explains every reply",
        [VIOLATED] = "VIOLATED",
        [UNDECIDED] = "undecided",
    };
    const struct judgement *judgement = summary->judgement;

    if (summary->load != NULL)
        print_load(summary);
    if (judgement == NULL)
        return;
    printf("history   %s\n", headings[judgement->verdict]);
    if (judgement->story[0] != '\0')
        print_wrapped(judgement->story);
}

int summary_print(const struct summary *summary)
{
    if (summary->options->json)
        print_json(summary);
    else
        print_text(summary);
    if (summary->judgement != NULL && summary->judgement->verdict == VIOLATED)
        return 1;
    if (summary->judgement != NULL && summary->judgement->verdict == UNDECIDED)
        return 3;
    bool lost = summary->load != NULL &&
                (summary->load->hung || summary->load->cut_off > 0);
    return lost || summary->died ? 3 : 0;
}
