#include "game_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "show_json.h"
#include "story.h"
#include "trace.h"
#include "words.h"

enum { POSITIONS = 5000, OBJECTS = 1 << 12 };

// What can be come to, and the choices that lead there first.
struct position {
    uint8_t *choice;
    uint32_t count;
    uint64_t class; // of equivalent runs
    uint32_t length;
    json_t *moves; // borrowed
};

struct tree {
    struct game *game;
    struct symbols *symbols;
    struct position *position;
    int positions;
    json_t *nodes, *sources, *threads;
};

static const struct shared *shared_of(const struct tree *tree)
{
    return tree->game->program->shared;
}

// ---- which runs are equivalent ----
//
// Two runs are if they differ only in the order of steps that do not conflict
// (Mazurkiewicz 1977): each thread has made the same steps, and the steps at
// each object have the same order, but for reads with no write between them.
// Then the program is in the same state.

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 29;
}

struct object {
    uint64_t address, order, reads;
};

static struct object *find_object(struct object table[OBJECTS],
                                  uint64_t address)
{
    uint64_t slot = mix(1, address) % OBJECTS;

    while (table[slot].address != 0 && table[slot].address != address)
        slot = (slot + 1) % OBJECTS;
    table[slot].address = address;
    return &table[slot];
}

static void touch(struct object table[OBJECTS], uint64_t address, bool reads,
                  uint64_t step)
{
    if (address == 0)
        return;
    struct object *object = find_object(table, address);
    if (reads) {
        object->reads += mix(3, step);
        return;
    }
    object->order = mix(mix(object->order, object->reads), step);
    object->reads = 0;
}

static uint64_t class_of(const struct shared *shared)
{
    static struct object table[OBJECTS];
    uint64_t thread[THREADS_LIMIT] = {0}, sum = 0;

    memset(table, 0, sizeof table);
    for (uint32_t i = 0; i < trace_length(shared); i++) {
        const struct step *step = &shared->trace[i];
        uint64_t *own = &thread[step->thread];
        bool reads = step->deed == DEED_READ || step->deed == DEED_ATOMIC_READ;

        *own = mix(mix(mix(*own, step->pc), step->object), step->deed);
        touch(table, step->object, reads, mix(*own, step->thread));
        touch(table, step->second, reads, mix(*own, step->thread));
    }
    for (int i = 0; i < THREADS_LIMIT; i++)
        sum += mix(mix(5, (uint64_t)i), thread[i]);
    for (int i = 0; i < OBJECTS; i++)
        if (table[i].address != 0)
            sum += mix(mix(table[i].address, table[i].order), table[i].reads);
    return sum;
}

static struct story *tell(const struct tree *tree)
{
    game_name_threads(tree->game);
    return story_open(shared_of(tree), tree->symbols);
}

// ---- positions ----

static json_t *end_of(const struct tree *tree, const struct story *story)
{
    const struct outcome *outcome = &shared_of(tree)->outcome;

    if (!tree->game->over)
        return json_null();
    bool wrong = outcome->finding != FINDING_NONE;
    const char *text = !wrong ? "It is over, and all is well."
                       : story->sentence[0] != '\0' ? story->sentence
                                                    : story->text;
    return json_pack("{s:b, s:s, s:s?, s:s?}", "wrong", wrong, "text", text,
                     "kind", wrong ? report_kind(outcome->finding) : NULL,
                     "finding", wrong ? story->text : NULL);
}

// The position in which the game is. Returns its number, -1: there are too
// many.
static int find_position(struct tree *tree, const struct story *story)
{
    const struct order *order = &shared_of(tree)->order;
    uint64_t class = class_of(shared_of(tree));

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
    it->moves = json_array();
    json_array_append_new(tree->nodes,
                          json_pack("{s:o, s:o}", "moves", it->moves, "end",
                                    end_of(tree, story)));
    return tree->positions++;
}

// What the story knows of sources and names of threads.
static json_t *take_steps(struct tree *tree, const struct story *story,
                          uint32_t from)
{
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

// ---- moves ----

// What each thread that can go on is about to do.
static json_t *moves_of(const struct tree *tree, const struct story *story)
{
    const struct shared *shared = shared_of(tree);
    json_t *moves = json_array();

    for (uint32_t i = 0; !tree->game->over && i < shared->choices; i++) {
        int thread = shared->choice[i];
        int line = story_line(story, shared->fate[thread].pc);
        char words[300], text[340];

        words_next(story, thread, words, sizeof words);
        snprintf(text, sizeof text, line > 0 ? "line %2$d: %1$s" : "%1$s",
                 words, line);
        json_array_append_new(
            moves, json_pack("{s:i, s:s?}", "thread", thread, "next", text));
    }
    return moves;
}

// The choices that lead to the position, and one more.
static bool make_move(struct tree *tree, int number, json_t *move)
{
    static uint8_t choice[TRACE_LIMIT];
    const struct position *it = &tree->position[number];
    int thread = (int)json_integer_value(json_object_get(move, "thread"));

    if (it->count + 1 >= TRACE_LIMIT)
        return false;
    memcpy(choice, it->choice, it->count);
    choice[it->count] = (uint8_t)thread;
    if (!game_follow(tree->game, choice, it->count + 1))
        return false;
    struct story *story = tell(tree);
    if (story == NULL)
        return false;
    json_object_set_new(move, "steps", take_steps(tree, story, it->length));
    int to = find_position(tree, story);
    json_object_set_new(move, "to", json_integer(to));
    story_close(story);
    return to >= 0;
}

static bool make_moves(struct tree *tree, int number)
{
    const struct position *it = &tree->position[number];
    json_t *move;
    size_t i;

    if (!game_follow(tree->game, it->choice, it->count))
        return false;
    struct story *story = tell(tree);
    if (story == NULL)
        return false;
    json_t *moves = moves_of(tree, story);
    story_close(story);
    json_array_extend(it->moves, moves);
    json_decref(moves);
    json_array_foreach(tree->position[number].moves, i,
                       move) if (!make_move(tree, number, move)) return false;
    return true;
}

static json_t *first_steps(struct tree *tree)
{
    struct story *story = tell(tree);

    if (story == NULL)
        return NULL;
    json_t *steps = take_steps(tree, story, 0);
    find_position(tree, story);
    story_close(story);
    return steps;
}

json_t *game_tree(struct game *game, struct symbols *symbols, char *command[],
                  json_t *race)
{
    struct tree tree = {
        .game = game,
        .symbols = symbols,
        .position = calloc(POSITIONS, sizeof *tree.position),
        .nodes = json_array(),
        .sources = json_object(),
    };
    json_t *start = tree.position != NULL ? first_steps(&tree) : NULL;
    bool good = start != NULL;

    for (int i = 0; good && i < tree.positions; i++)
        good = make_moves(&tree, i);
    if (!good)
        fprintf(stderr,
                "interleave: the game has more than %d positions, or runs that "
                "are too long (show --html shows one run)\n",
                POSITIONS);
    for (int i = 0; i < tree.positions; i++)
        free(tree.position[i].choice);
    free(tree.position);
    json_t *object =
        json_pack("{s:i, s:o, s:O, s:o, s:o, s:o, s:o}", "version", 1,
                  "command", show_json_command(command), "finding", race,
                  "threads", tree.threads != NULL ? tree.threads : json_array(),
                  "sources", tree.sources, "start",
                  start != NULL ? start : json_array(), "nodes", tree.nodes);
    if (good)
        return object;
    json_decref(object);
    return NULL;
}
