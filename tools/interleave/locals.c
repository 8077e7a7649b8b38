#include "locals.h"

#include <dwarf.h>
#include <stdlib.h>

#include "trace.h"
#include "types.h"
#include "units.h"

// A function that was called: its code, its frame, and when it was active.
struct call {
    uint64_t pc, frame;
    uint32_t from, to; // steps
    uint8_t thread;
};

struct locals {
    const struct shared *shared;
    struct symbols *symbols;
    struct call *call;
    uint32_t calls;
};

// The last call of the thread that has not returned.
static struct call *active_call(const struct locals *locals, int thread)
{
    for (uint32_t i = locals->calls; i > 0; i--)
        if (locals->call[i - 1].thread == thread &&
            locals->call[i - 1].to == UINT32_MAX)
            return &locals->call[i - 1];
    return NULL;
}

static void read_step(struct locals *locals, uint32_t number)
{
    const struct step *step = &locals->shared->trace[number];
    struct call *call;

    if (step->deed == DEED_CALL)
        locals->call[locals->calls++] = (struct call){
            step->pc, step->object, number, UINT32_MAX, step->thread};
    else if (step->deed == DEED_RETURN &&
             (call = active_call(locals, step->thread)) != NULL)
        call->to = number;
}

struct locals *locals_open(const struct shared *shared, struct symbols *symbols)
{
    struct locals *locals = calloc(1, sizeof *locals);
    uint32_t length = trace_length(shared), calls = 0;

    if (locals == NULL)
        return NULL;
    for (uint32_t i = 0; i < length; i++)
        calls += shared->trace[i].deed == DEED_CALL;
    locals->shared = shared;
    locals->symbols = symbols;
    locals->call = calloc(calls + 1, sizeof *locals->call);
    for (uint32_t i = 0; locals->call != NULL && i < length; i++)
        read_step(locals, i);
    return locals;
}

void locals_close(struct locals *locals)
{
    if (locals != NULL)
        free(locals->call);
    free(locals);
}

int locals_owner(const struct locals *locals, uint64_t address)
{
    const struct shared *shared = locals->shared;

    for (uint32_t i = 0; i < shared->threads; i++)
        if (shared->fate[i].stack_low <= address &&
            address < shared->fate[i].stack_high)
            return (int)i;
    return -1;
}

// A variable stands at a fixed distance from the base of the frame.
static bool holds(Dwarf_Die *die, uint64_t base, uint64_t address,
                  Dwarf_Die *type, uint64_t *offset)
{
    Dwarf_Attribute attribute;
    Dwarf_Op *expression;
    size_t length;

    if (dwarf_attr_integrate(die, DW_AT_location, &attribute) == NULL ||
        dwarf_getlocation(&attribute, &expression, &length) != 0 ||
        length != 1 || expression[0].atom != DW_OP_fbreg ||
        !types_of(die, type))
        return false;
    *offset = address - (base + expression[0].number);
    return *offset < types_size(type);
}

static bool find_in(Dwarf_Die *parent, uint64_t base, uint64_t address,
                    const char **name, Dwarf_Die *type, uint64_t *offset)
{
    Dwarf_Die die;

    if (dwarf_child(parent, &die) != 0)
        return false;
    do {
        switch (dwarf_tag(&die)) {
        case DW_TAG_variable:
        case DW_TAG_formal_parameter:
            if (holds(&die, base, address, type, offset) &&
                (*name = dwarf_diename(&die)) != NULL)
                return true;
            break;
        case DW_TAG_lexical_block:
            if (find_in(&die, base, address, name, type, offset))
                return true;
            break;
        default:
            break;
        }
    } while (dwarf_siblingof(&die, &die) == 0);
    return false;
}

// clang counts from the frame pointer, gcc from where the caller's frame ends,
// which is two words above.
static uint64_t base_of(Dwarf_Die *function, uint64_t frame)
{
    Dwarf_Attribute attribute;
    Dwarf_Op *expression;
    size_t length;

    if (dwarf_attr_integrate(function, DW_AT_frame_base, &attribute) != NULL &&
        dwarf_getlocation(&attribute, &expression, &length) == 0 &&
        length > 0 && expression[0].atom == DW_OP_call_frame_cfa)
        return frame + 16;
    return frame;
}

// The innermost function that was active then and whose frame lies above the
// address: stacks grow downwards.
static const struct call *call_around(const struct locals *locals,
                                      uint64_t address, uint32_t when)
{
    const struct call *best = NULL;
    int owner = locals_owner(locals, address);

    for (uint32_t i = 0; i < locals->calls && locals->call[i].from < when;
         i++) {
        const struct call *call = &locals->call[i];

        if (call->thread == owner && when <= call->to &&
            call->frame > address &&
            (best == NULL || call->frame < best->frame))
            best = call;
    }
    return best;
}

bool locals_find(const struct locals *locals, uint64_t address, uint32_t when,
                 const char **name, Dwarf_Die *type, uint64_t *offset)
{
    Dwarf_Die unit, function;

    if (locals->call == NULL)
        return false;
    const struct call *call = call_around(locals, address, when);
    return call != NULL && units_of(locals->symbols, call->pc, &unit) &&
           units_function(&unit, call->pc, &function) &&
           find_in(&function, base_of(&function, call->frame), address, name,
                   type, offset);
}
