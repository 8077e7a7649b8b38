#include "play.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "game.h"
#include "game_race.h"
#include "game_shown.h"
#include "game_tree.h"
#include "lanes.h"
#include "page.h"
#include "report.h"
#include "schedule.h"
#include "trace.h"
#include "words.h"

struct play {
    struct game game;
    struct symbols *symbols;
    bool quit;
};

static const char help[] =
    "  a thread's number or name   it goes on until there is a choice again\n"
    "  Enter                       whoever went on last\n"
    "  l                           all that has happened so far, in lanes\n"
    "  u                           undo the last choice\n"
    "  r                           let it run to the end\n"
    "  w FILE                      write the schedule so far to FILE\n"
    "  q                           quit\n";

static const struct shared *shared_of(const struct play *play)
{
    return play->game.program->shared;
}

// ---- what is shown ----

// Steps since the last choice.
static void show_news(const struct play *play, const struct story *story)
{
    char words[300];

    for (uint32_t i = play->game.seen; i < story->length; i++) {
        const struct step *step = &story->shared->trace[i];

        if (!game_shows(story, i))
            continue;
        words_step(story, i, words, sizeof words);
        int line = story_line(story, step->pc);
        if (line > 0)
            printf("    %s: %d %s\n", trace_name(story->shared, step->thread),
                   line, words);
        else
            printf("    %s: %s\n", trace_name(story->shared, step->thread),
                   words);
    }
}

static void write_why_not(const struct story *story, int thread, char *text,
                          size_t size)
{
    const struct fate *fate = &story->shared->fate[thread];

    if (fate->enabled)
        snprintf(text, size, "  (stands back)");
    else if (fate->holder >= 0)
        snprintf(text, size, "  (must wait: %s holds it)",
                 trace_name(story->shared, (uint64_t)fate->holder));
    else
        snprintf(text, size, "  (must wait)");
}

// What a thread is about to do, and why it cannot.
static void show_thread(const struct play *play, const struct story *story,
                        int thread)
{
    const struct fate *fate = &story->shared->fate[thread];
    char words[300], text[400] = "", why[64] = "";
    int line = story_line(story, fate->pc);
    bool may_go = game_may_go(&play->game, thread);

    words_next(story, thread, words, sizeof words);
    if (line > 0)
        snprintf(text, sizeof text, "%d ", line);
    if (!may_go)
        write_why_not(story, thread, why, sizeof why);
    snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", words,
             why);
    printf("%c %3d %-8s %.64s\n", may_go ? '>' : ' ', thread, fate->name, text);
}

static void show_threads(const struct play *play, const struct story *story)
{
    for (uint32_t i = 0; i < story->shared->threads; i++)
        if (!story->shared->fate[i].finished)
            show_thread(play, story, (int)i);
}

static void show_end(const struct play *play, const struct story *story)
{
    report_finding(stdout, shared_of(play), play->symbols);
    if (story->sentence[0] != '\0')
        lanes_draw_story(stdout, story, false);
    puts("The run is over: u undoes, w FILE writes the schedule, q quits.");
}

static void show(const struct play *play)
{
    struct story *story = story_open(shared_of(play), play->symbols);

    if (story == NULL)
        return;
    show_news(play, story);
    if (play->game.over)
        show_end(play, story);
    else
        show_threads(play, story);
    story_close(story);
}

// ---- what is told ----

static int find_thread(const struct play *play, const char *text)
{
    const struct shared *shared = shared_of(play);
    char *end;
    long number = strtol(text, &end, 10);

    for (uint32_t i = shared->threads; i > 0; i--)
        if (strcmp(shared->fate[i - 1].name, text) == 0)
            return (int)i - 1;
    return isdigit((unsigned char)*text) && *end == '\0' && number >= 0 &&
                   number < (long)shared->threads
               ? (int)number
               : -1;
}

static bool choose(struct play *play, const char *text)
{
    int thread =
        *text == '\0' ? game_last(&play->game) : find_thread(play, text);

    if (play->game.over)
        printf("The run is over: u undoes, q quits.\n");
    else if (thread < 0)
        printf("What is '%s'? (? helps)\n", text);
    else if (!game_may_go(&play->game, thread))
        printf("%s cannot go on now.\n",
               trace_name(shared_of(play), (uint64_t)thread));
    else {
        if (!game_choose(&play->game, thread))
            return false;
        show(play);
    }
    return true;
}

static void write_schedule(const struct play *play, const char *path)
{
    if (*path == '\0')
        printf("w needs the name of a file: w FILE\n");
    else if (schedule_write(path, shared_of(play), play->symbols))
        printf("written to %s\n", path);
}

static bool undo(struct play *play)
{
    if (play->game.turns == 0) {
        printf("There is nothing to undo.\n");
        return true;
    }
    if (!game_undo(&play->game))
        return false;
    show(play);
    return true;
}

static bool finish(struct play *play)
{
    bool was_over = play->game.over;

    if (!game_finish(&play->game))
        return false;
    if (was_over)
        printf("The run is over.\n");
    else
        show(play);
    return true;
}

// Whatever was chosen matters, even if no other thread has come to it yet.
static void draw_so_far(const struct play *play)
{
    struct story *story = story_open(shared_of(play), play->symbols);

    for (uint32_t i = 0; story != NULL && i < story->length; i++)
        if (game_shows(story, i))
            story->flags[i] |= STORY_MATTERS;
    if (story != NULL)
        lanes_draw_story(stdout, story, false);
    story_close(story);
}

// Returns false if the program has gone. A thread that is called like a command
// can be chosen by its number.
static bool obey(struct play *play, const char *line)
{
    if (strcmp(line, "q") == 0)
        play->quit = true;
    else if (strcmp(line, "?") == 0)
        fputs(help, stdout);
    else if (strcmp(line, "l") == 0)
        draw_so_far(play);
    else if (strcmp(line, "u") == 0)
        return undo(play);
    else if (strcmp(line, "r") == 0)
        return finish(play);
    else if (line[0] == 'w' && (line[1] == '\0' || line[1] == ' '))
        write_schedule(play, line + 1 + strspn(line + 1, " "));
    else
        return choose(play, line);
    return true;
}

static char *trimmed(char *line)
{
    size_t length;

    line += strspn(line, " \t");
    for (length = strlen(line);
         length > 0 && isspace((unsigned char)line[length - 1]); length--)
        continue;
    line[length] = '\0';
    return line;
}

// Returns false if the program has gone.
static bool converse(struct play *play)
{
    bool good = true, by_hand = isatty(STDIN_FILENO);
    char *line = NULL;
    size_t size = 0;

    while (good && !play->quit) {
        printf("%s", play->game.over ? "> " : "who goes on? ");
        fflush(stdout);
        if (getline(&line, &size, stdin) < 0) {
            putchar('\n'); // Ctrl-D
            break;
        }
        const char *order = trimmed(line);
        if (!by_hand)
            puts(order);
        fflush(stdout); // before what is said on standard error
        good = obey(play, order);
    }
    free(line);
    return good;
}

// All that can be chosen goes to a page for a browser. Returns the exit status.
static int write_game(struct play *play, const struct options *options,
                      json_t *race)
{
    json_t *tree =
        game_tree(&play->game, play->symbols, options->command, race);
    int status = 3;

    if (tree != NULL)
        status = page_write(options->html, options->title, tree) ? 0 : 2;
    json_decref(tree);
    return status;
}

static int play_by_hand(struct play *play)
{
    int finding = FINDING_UNJUDGED;

    printf("You are the scheduler: > can go on. ? helps, q quits.\n");
    show(play);
    if (converse(play))
        finding = shared_of(play)->outcome.finding;
    return finding == FINDING_NONE || finding == FINDING_PAUSED ? 0
           : finding == FINDING_UNJUDGED                        ? 3
                                                                : 1;
}

int play_main(int argc, char *argv[])
{
    struct options options;
    struct program program;
    int status = 3;

    if (!options_read(&options, false, argc, argv))
        return 2;
    if (!program_start(&program, &options, 0))
        return 2;
    struct play play = {.symbols = symbols_open(options.command[0])};
    program.shared->order.no_input = true;
    json_t *race = json_null();
    if (options.html != NULL && !options.ignore_races)
        race = game_race(&program, &options, play.symbols);
    if (race != NULL && game_begin(&play.game, &program, &options))
        status = options.html != NULL ? write_game(&play, &options, race)
                                      : play_by_hand(&play);
    game_end(&play.game);
    json_decref(race);
    symbols_close(play.symbols);
    program_stop(&program);
    return status;
}
