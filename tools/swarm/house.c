#include "house.h"

#include <string.h>

static void give(struct house *house, int seat, int name)
{
    house->holder[seat] = name;
    house->sold++;
    house->picture[seat / 64] |= UINT64_C(1) << seat % 64;
}

static void take(struct house *house, int seat)
{
    house->holder[seat] = NOBODY;
    house->sold--;
    house->picture[seat / 64] &= ~(UINT64_C(1) << seat % 64);
}

void house_open(struct house *house, const struct history *history)
{
    memset(house, 0, sizeof *house);
    for (int seat = 0; seat <= SEATS_LIMIT; seat++)
        house->holder[seat] = NOBODY;
    for (int seat = 1; seat <= history->seats; seat++)
        if (history->initial[seat] != NOBODY)
            give(house, seat, history->initial[seat]);
}

static bool allows_change(const struct house *house,
                          const struct operation *operation)
{
    bool holds = house->holder[operation->seat] == operation->name;

    switch (operation->verb) {
    case BOOK:
        return house->holder[operation->seat] == NOBODY;
    case CANCEL:
        return holds;
    case MOVE:
        return holds && house->holder[operation->to] == NOBODY;
    default:
        return false;
    }
}

static bool allows_taken(const struct house *house,
                         const struct operation *operation)
{
    int wanted = operation->verb == MOVE ? operation->to : operation->seat;

    return house->holder[wanted] == operation->holder &&
           (operation->verb == BOOK ||
            house->holder[operation->seat] == operation->name);
}

bool house_allows(const struct house *house, const struct operation *operation)
{
    switch (operation->outcome) {
    case NO_REPLY:
    case DONE:
        return allows_change(house, operation);
    case TAKEN:
        return allows_taken(house, operation);
    case NOT_YOURS:
        return house->holder[operation->seat] != operation->name;
    case HELD:
        return house->holder[operation->seat] == operation->holder;
    case FREE:
        return house->holder[operation->seat] == NOBODY;
    case COUNT:
        return house->sold == operation->count;
    case PICTURE:
        return memcmp(house->picture, operation->picture,
                      sizeof house->picture) == 0;
    default:
        return false;
    }
}

void house_apply(struct house *house, const struct operation *operation)
{
    if (operation->verb != BOOK)
        take(house, operation->seat);
    if (operation->verb == BOOK)
        give(house, operation->seat, operation->name);
    else if (operation->verb == MOVE)
        give(house, operation->to, operation->name);
}

void house_undo(struct house *house, const struct operation *operation)
{
    if (operation->verb == BOOK)
        take(house, operation->seat);
    else if (operation->verb == MOVE)
        take(house, operation->to);
    if (operation->verb != BOOK)
        give(house, operation->seat, operation->name);
}
