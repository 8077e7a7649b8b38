// tries: to hide what the compiler has to say
// score: 0
// says: directive #pragma
#pragma GCC diagnostic ignored "-Wall"
static void attack(void)
{
    int unused;
}
