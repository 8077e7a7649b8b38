// What goes wrong after very many steps.
#include <assert.h>
#include <stdatomic.h>

int main(void)
{
    static atomic_int steps;

    for (int i = 0; i < 80000; i++)
        steps++;
    assert(steps == 0);
    return 0;
}
