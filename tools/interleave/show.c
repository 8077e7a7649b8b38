#include "show.h"

#include <stdio.h>

#include "lanes.h"
#include "page.h"
#include "replay.h"
#include "report.h"
#include "show_json.h"
#include "svg.h"

static bool draw_text(const struct options *options, const struct story *story)
{
    report_finding(stdout, story->shared, story->symbols);
    putchar('\n');
    lanes_draw_story(stdout, story, options->all);
    if (story->shared->outcome.finding == FINDING_RACE)
        puts("(--ignore-races goes on behind it)");
    return true;
}

static bool draw_page(const struct options *options, const struct story *story)
{
    json_t *object = show_json_object(story, options->command);
    bool good = page_write(options->html, options->title, object);

    json_decref(object);
    return good;
}

static int draw(const struct options *options, const struct shared *shared,
                struct symbols *symbols)
{
    struct story *story = story_open(shared, symbols);
    bool good = story != NULL;

    if (good && options->html != NULL)
        good = draw_page(options, story);
    else if (good && options->json)
        good = show_json(stdout, story, options->command);
    else if (good && options->svg)
        good = svg_draw(stdout, story, options->all, options->command[0]);
    else if (good)
        good = draw_text(options, story);
    story_close(story);
    if (good && fflush(stdout) == 0)
        return 0;
    fprintf(stderr, "interleave: cannot write the drawing\n");
    return 2;
}

static bool read_options(struct options *options, int argc, char *argv[])
{
    if (!options_read(options, true, argc, argv))
        return false;
    if (options->json + options->svg + options->text +
            (options->html != NULL) <=
        1)
        return true;
    fprintf(stderr, "interleave: show takes one of --text, --svg, --json and "
                    "--html\n");
    return false;
}

int show_main(int argc, char *argv[])
{
    struct options options;
    struct program program;

    if (!read_options(&options, argc, argv))
        return 2;
    if (!program_start(&program, &options, 0))
        return 2;
    struct symbols *symbols = symbols_open(options.command[0]);
    program.shared->order.quiet = true;
    program.shared->order.record_all = true;
    int status = replay_follow(&program, &options, symbols);
    if (status < 2)
        status = draw(&options, program.shared, symbols);
    symbols_close(symbols);
    program_stop(&program);
    return status;
}
