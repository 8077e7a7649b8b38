#include "game_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "game_class.h"
#include "game_node.h"
#include "game_shown.h"
#include "show_json.h"
#include "story.h"
#include "trace.h"

enum { POSITIONS = 5000 };

// What can be come to, and the choices that lead there first.
struct position {
    uint8_t *choice;
    uint32_t count;
    uint64_t class; // of equivalent runs
    uint32_t length;
    int to[THREADS_LIMIT]; // the position behind each thread's move
};

struct tree {
    struct game *game;
    struct symbols *symbols;
    struct position *position;
    int positions;
    json_t *shown; // what matters in any run
    json_t *start, *nodes, *sources, *threads;
};

static const struct shared *shared_of(const struct tree *tree)
{
    return tree->game->program->shared;
}

// The choices that lead to the position, and one more; -1: none.
static bool go_to(struct tree *tree, int number, int thread)
{
    static uint8_t choice[TRACE_LIMIT];
    const struct position *it = &tree->position[number];
    uint32_t count = it->count;

    if (count + 1 >= TRACE_LIMIT)
        return false;
    memcpy(choice, it->choice, count);
    if (thread >= 0)
        choice[count++] = (uint8_t)thread;
    return game_follow(tree->game, choice, count);
}

static struct story *tell(const struct tree *tree)
{
    game_name_threads(tree->game);
    return story_open(shared_of(tree), tree->symbols);
}

// ---- first: where all choices lead to, and what matters ----

// The position in which the game is. Returns its number, -1: there are too
// many, or no memory is left.
static int find_position(struct tree *tree)
{
    const struct order *order = &shared_of(tree)->order;
    uint64_t class = game_class(shared_of(tree));

    for (int i = 0; i < tree->positions; i++)
        if (tree->position[i].class == class)
            return i;
    if (tree->positions == POSITIONS)
        return -1;
    struct position *it = &tree->position[tree->positions];
    it->choice = malloc(order->exact_count + 1);
    if (it->choice == NULL)
        return -1;
    memcpy(it->choice, order->exact, order->exact_count);
    it->count = order->exact_count;
    it->class = class;
    it->length = trace_length(shared_of(tree));
    return tree->positions++;
}

static bool note_shown(struct tree *tree)
{
    struct story *story = tell(tree);

    if (story == NULL)
        return false;
    game_shown_note(tree->shown, story);
    story_close(story);
    return true;
}

static bool find_moves(struct tree *tree, int number)
{
    uint8_t thread[THREADS_LIMIT];
    uint32_t count = 0;

    if (!go_to(tree, number, -1))
        return false;
    if (!tree->game->over)
        count = shared_of(tree)->choices;
    memcpy(thread, shared_of(tree)->choice, count);
    for (uint32_t i = 0; i < count; i++) {
        if (!go_to(tree, number, thread[i]) || !note_shown(tree))
            return false;
        int to = find_position(tree);
        if (to < 0)
            return false;
        tree->position[number].to[thread[i]] = to;
    }
    return true;
}

static bool find_all(struct tree *tree)
{
    if (!note_shown(tree) || find_position(tree) < 0)
        return false;
    for (int i = 0; i < tree->positions; i++)
        if (!find_moves(tree, i))
            return false;
    return true;
}

// ---- then: what there is to be told ----

// What the story knows of sources and names of threads.
static json_t *take_steps(struct tree *tree, struct story *story, uint32_t from)
{
    game_shown_mark(tree->shown, story);
    json_t *steps = show_json_steps(story, from);
    json_t *sources = show_json_sources(story, steps);
    json_t *threads = show_json_threads(story);

    json_object_update_missing(tree->sources, sources);
    json_decref(sources);
    if (tree->game->over || tree->threads == NULL) { // all have their names
        json_decref(tree->threads);
        tree->threads = threads;
    } else {
        json_decref(threads);
    }
    return steps;
}

static bool tell_move(struct tree *tree, int number, json_t *move)
{
    const struct position *it = &tree->position[number];
    int thread = (int)json_integer_value(json_object_get(move, "thread"));

    if (!go_to(tree, number, thread))
        return false;
    struct story *story = tell(tree);
    if (story == NULL)
        return false;
    json_object_set_new(move, "steps", take_steps(tree, story, it->length));
    json_object_set_new(move, "to", json_integer(it->to[thread]));
    story_close(story);
    return true;
}

static bool tell_position(struct tree *tree, int number)
{
    json_t *move;
    size_t i;

    if (!go_to(tree, number, -1))
        return false;
    struct story *story = tell(tree);
    if (story == NULL)
        return false;
    json_t *node = game_node(tree->game, story);
    json_array_append_new(tree->nodes, node);
    if (number == 0)
        tree->start = take_steps(tree, story, 0);
    story_close(story);
    json_array_foreach(json_object_get(node, "moves"), i, move)
    {
        if (!tell_move(tree, number, move))
            return false;
    }
    return true;
}

static bool tell_all(struct tree *tree)
{
    for (int i = 0; i < tree->positions; i++)
        if (!tell_position(tree, i))
            return false;
    return true;
}

static void release(struct tree *tree)
{
    for (int i = 0; i < tree->positions; i++)
        free(tree->position[i].choice);
    free(tree->position);
    json_decref(tree->shown);
    json_decref(tree->start);
    json_decref(tree->nodes);
    json_decref(tree->sources);
    json_decref(tree->threads);
}

json_t *game_tree(struct game *game, struct symbols *symbols, char *command[],
                  json_t *race)
{
    struct tree tree = {
        .game = game,
        .symbols = symbols,
        .position = calloc(POSITIONS, sizeof *tree.position),
        .shown = json_object(),
        .nodes = json_array(),
        .sources = json_object(),
    };
    json_t *object = NULL;

    if (tree.position != NULL && find_all(&tree) && tell_all(&tree))
        object =
            json_pack("{s:i, s:o, s:O, s:O, s:O, s:O, s:O}", "version", 1,
                      "command", show_json_command(command), "finding", race,
                      "threads", tree.threads, "sources", tree.sources, "start",
                      tree.start, "nodes", tree.nodes);
    else
        fprintf(stderr,
                "interleave: the game has more than %d positions, or runs that "
                "are too long (show --html shows one run)\n",
                POSITIONS);
    release(&tree);
    return object;
}
