// tries: to take all memory
// score: 5
// says: took more memory than it may
static void attack(void)
{
    for (;;)
        memset(malloc(1 << 24), 1, 1 << 24);
}
